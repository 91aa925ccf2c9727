import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { runJob } from './job-run.ts';
import { sample } from './seamfield.ts';

const runs = [
  { size: 128, bound: 1 },
  { size: 256, bound: 1 },
  { size: 512, bound: 1 },
];

export const firstPicture: Bench = {
  name: 'first-picture',
  claim:
    "seconds from a training's start, its process not running yet, to the first picture that reaches the host",
  async run({ signal }) {
    const found = [];
    for (const { size, bound } of runs) {
      const image = { path: sample('astronaut.png'), name: 'astronaut.png' };
      const budget = { seconds: 3 };
      const task = { kind: 'reconstruct', image, from: 'gradient', size, budget, previews: true } as const;
      const { secondsToStart, secondsToFirstPreview } = await runJob(signal, task);
      found.push({ size, bound, secondsToStart, secondsToFirstPreview });
    }
    return {
      floors: found.map(({ size, bound, secondsToFirstPreview }) => ({
        job: 'first-picture',
        quantity: `${size}², seconds`,
        sense: 'at most',
        bound,
        measured: secondsToFirstPreview,
      })),
      tables: [
        {
          title: 'Seconds to the first picture',
          columns: ['Size', 'to the first step', 'to the first picture'],
          rows: found.map(({ size, secondsToStart, secondsToFirstPreview }) => [
            `${size}²`,
            figure(secondsToStart),
            figure(secondsToFirstPreview),
          ]),
        },
      ],
      figures: found,
    };
  },
};
