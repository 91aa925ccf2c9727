import { join } from 'node:path';
import sharp from 'sharp';

import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { runJob } from './job-run.ts';
import type { JobRun } from './job-run.ts';
import { powerLaw } from './log-log.ts';
import { sample } from './seamfield.ts';
import { mirrored } from './solver-scene.ts';

const sides = [64, 128, 256, 512, 1024];
/** Long enough for the second phase, with derivatives, to be reached and measured, and for the wide networks. */
const seconds = 15;
/** Memory that a 1024² region may take, bytes. */
const mostMemory = 2 ** 30;

interface Found {
  readonly side: number;
  readonly run: JobRun;
}

const quantities: readonly { readonly name: string; of(run: JobRun): number | undefined }[] = [
  { name: 'seconds before the first step', of: (run) => run.secondsToStart },
  {
    name: 'ms a step',
    of: ({ metrics: { stepsPerSecond } }) => stepsPerSecond && 1000 / stepsPerSecond,
  },
  { name: 'steps', of: ({ metrics }) => metrics.steps },
  { name: 'MiB at most', of: ({ peakMemory }) => peakMemory && peakMemory / 2 ** 20 },
];

function exponent(found: readonly Found[], of: (run: JobRun) => number | undefined): string {
  const points = found.map(({ side, run }) => ({ x: side * side, y: of(run) ?? Number.NaN }));
  return powerLaw(points).exponent.toFixed(2);
}

export const growth: Bench = {
  name: 'growth',
  claim: `time and memory of a training of ${seconds} s with defaults, from 64² to 1024² pixels`,
  async run({ signal, secondsScale, folder }) {
    const tile = await sharp(sample('astronaut.png')).removeAlpha().raw().toBuffer();
    const found: Found[] = [];
    for (const side of sides) {
      const path = join(folder, `side-${side}.png`);
      const raw = { width: 1024, height: 1024, channels: 3 } as const;
      await sharp(mirrored(tile, 512, 1024), { raw })
        .png()
        .toFile(path);
      const image = { path, name: 'astronaut, mirrored' };
      const budget = { seconds: seconds * secondsScale };
      const task = { kind: 'reconstruct', image, from: 'gradient', size: side, budget } as const;
      found.push({ side, run: await runJob(signal, task) });
    }
    return {
      floors: [
        {
          job: 'growth',
          quantity: '1024², bytes of memory',
          sense: 'at most',
          bound: mostMemory,
          measured: found.at(-1)?.run.peakMemory,
        },
      ],
      tables: [
        {
          title: `Growth with the number of pixels; the last row is the fitted exponent`,
          columns: ['Size', ...quantities.map(({ name }) => name)],
          rows: [
            ...found.map(({ side, run }) => [`${side}²`, ...quantities.map(({ of }) => figure(of(run)))]),
            ['exponent', ...quantities.map(({ of }) => exponent(found, of))],
          ],
        },
      ],
      figures: found,
    };
  },
};
