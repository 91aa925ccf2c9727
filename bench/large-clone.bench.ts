import { join } from 'node:path';
import sharp from 'sharp';

import { psnrOf } from '../src-main/jobs/pipeline/measures/psnr.ts';
import type { CloneTask } from '../src-main/jobs/tasks.ts';
import { movedTo } from '../src-shared/model/composition.ts';
import { cloneSize } from '../src-shared/model/training.ts';
import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { runJob, type JobRun } from './job-run.ts';
import { largePhotograph } from './large-photograph.ts';
import { solverScene } from './solver-scene.ts';

const side = 1024;
/** Of a region about 730 pixels across. */
const regionPixels = 420_000;
const sizes = [128, cloneSize, 512];
const seconds = 30;
const mostMemory = 2 * 2 ** 30;

/** A clone, its picture written as the app exports it. */
interface Exported {
  readonly run: JobRun;
  readonly picture: Uint8Array;
  readonly exportSeconds: number;
}

async function exported(signal: AbortSignal, task: CloneTask): Promise<Exported> {
  let picture = new Uint8Array();
  let exportSeconds = Number.NaN;
  const run = await runJob(signal, task, async (job) => {
    const begun = performance.now();
    const file = await job.ask({ kind: 'picture', format: 'png', view: 'value' });
    exportSeconds = (performance.now() - begun) / 1000;
    if (file.maxOutsideDifference !== 0) throw new Error('the export changed the target outside the mask');
    picture = Uint8Array.from(file.bytes);
  });
  return { run, picture, exportSeconds };
}

/** dB of one picture against another inside a mask of one byte a pixel. */
async function decibelsIn(mask: Uint8Array, a: Uint8Array, b: Uint8Array): Promise<number> {
  const [found, truth] = await Promise.all(
    [a, b].map(async (file) => Float32Array.from(await sharp(file).raw().toBuffer(), (s) => s / 255)),
  );
  const inside = Uint8Array.from({ length: 3 * mask.length }, (_, i) =>
    mask[Math.floor(i / 3)]! > 0 ? 1 : 0,
  );
  return psnrOf(found!, truth!, 1, { where: inside })!;
}

/** A coffee cup on an astronaut, both with a photograph's detail at every pixel, under a free-form mask. */
async function scene(folder: string) {
  const { source, target, mask } = await solverScene(side, regionPixels);
  const file = async (name: string, data: Uint8Array, channels: 1 | 3) => {
    const path = join(folder, name);
    await sharp(data, { raw: { width: side, height: side, channels } })
      .png()
      .toFile(path);
    return { path, name };
  };
  const layer = {
    source: await file('cup.png', Uint8Array.from(source.data), 3),
    mask: await file('region.png', mask, 1),
    transform: movedTo({ x: 0, y: 0 }),
    mode: 'import',
  } as const;
  return {
    mask,
    composition: { target: await file('suit.png', Uint8Array.from(target.data), 3), layers: [layer] },
  };
}

/** A region of 2400 pixels in 24 megapixels, source and target of that size. */
async function largeTask(folder: string): Promise<CloneTask> {
  const [width, height] = [6000, 4000];
  const path = join(folder, 'large.jpg');
  await largePhotograph(path, width, height);
  const mask = join(folder, 'large-mask.png');
  const disc = Buffer.from(
    `<svg width="${width}" height="${height}"><circle cx="2800" cy="2000" r="1200" fill="white"/></svg>`,
  );
  await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([{ input: disc }])
    .toColourspace('b-w')
    .png()
    .toFile(mask);
  const file = (at: string) => ({ path: at, name: 'large' });
  const transform = { ...movedTo({ x: 0, y: 0 }), flipX: true };
  const layer = { source: file(path), mask: file(mask), transform, mode: 'import' } as const;
  const composition = { target: file(path), layers: [layer] };
  return { kind: 'clone', composition, size: cloneSize, budget: { steps: 50 } };
}

export const largeClone: Bench = {
  name: 'large-clone',
  claim: `a region of ${Math.round(regionPixels / 1000)}k pixels trained at a working size, and one of 2400 pixels across in 24 megapixels`,
  async run({ signal, secondsScale, folder }) {
    const { mask, composition } = await scene(folder);
    const clone = (options: Pick<CloneTask, 'size' | 'solver'>) =>
      exported(signal, {
        kind: 'clone',
        composition,
        budget: { seconds: seconds * secondsScale },
        ...options,
      });
    const truth = (await clone({ solver: 'exact' })).picture;
    const rows = [];
    for (const size of [...sizes, undefined]) {
      const seen = size === undefined ? {} : { size };
      const ideal = await decibelsIn(mask, (await clone({ ...seen, solver: 'exact' })).picture, truth);
      const network = await clone(seen);
      rows.push({
        size,
        ideal,
        network: await decibelsIn(mask, network.picture, truth),
        metrics: network.run.metrics,
      });
    }
    const large = await exported(signal, await largeTask(folder));
    const { peakMemory } = large.run;
    return {
      floors: [
        {
          job: '24 megapixels',
          quantity: 'bytes of memory, export included',
          sense: 'at most',
          bound: mostMemory,
          measured: peakMemory,
        },
      ],
      tables: [
        {
          title: `Against the exact solution at full resolution, inside the mask, ${seconds} s; “ideal” is the exact solution at the working size, its detail carried`,
          columns: ['Working size', 'ideal, dB', 'network, dB', 'exactPsnr at the working size, dB', 'steps'],
          rows: rows.map(({ size, ideal, network, metrics }) => [
            size === undefined ? 'all pixels' : String(size),
            figure(ideal),
            figure(network),
            figure(metrics.exactPsnr),
            figure(metrics.steps),
          ]),
        },
        {
          title: `6000×4000, region 2400 across, network at ${cloneSize}, ${large.run.metrics.steps ?? 0} steps`,
          columns: ['Seconds before the first step', 'Seconds to export as PNG', 'MiB at most'],
          rows: [
            [large.run.secondsToStart, large.exportSeconds, peakMemory && peakMemory / 2 ** 20].map((n) =>
              figure(n),
            ),
          ],
        },
      ],
      figures: { rows, large: { ...large.run, exportSeconds: large.exportSeconds } },
    };
  },
};
