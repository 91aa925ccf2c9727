import { availableParallelism } from 'node:os';

import { OrtEngine } from '../src-main/engines/ort-engine.ts';
import { profiles } from '../src-main/engines/providers/profile.ts';
import type { BatchShape } from '../src-main/siren/engine.ts';
import { initialise } from '../src-main/siren/initialise.ts';
import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { perSecond } from './per-second.ts';
import { sgemmRate } from './sgemm-rate.ts';
import { fillBatch, stillRates } from './step-inputs.ts';

const spec = { channels: 3, hidden: 256, layers: 4, omega: 30 } as const;
const rows = 2048;
const shapes: readonly { readonly name: string; readonly shape: BatchShape; readonly bound: number }[] = [
  {
    name: `${rows} value + ${rows} directional`,
    shape: { value: rows, directional: rows, laplacian: 0 },
    bound: 50,
  },
  { name: `${rows} value`, shape: { value: rows, directional: 0, laplacian: 0 }, bound: 50 },
  { name: `${rows} directional`, shape: { value: 0, directional: rows, laplacian: 0 }, bound: 70 },
  { name: `${rows >> 1} Laplacian`, shape: { value: 0, directional: 0, laplacian: rows >> 1 }, bound: 70 },
];
/** Rows of the chains of products; the best of them is the yardstick. */
const chainRows = [512, 2048];
/** Rounds in which yardstick and steps take turns, so that a machine that slows down slows both; the best counts. */
const ROUNDS = 3;

interface Rate {
  readonly stepsPerSecond: number;
  readonly gflops: number;
}

async function measure(engine: OrtEngine, shape: BatchShape, seconds: number): Promise<Rate> {
  const training = await engine.train(spec, 'muon', initialise(spec, 0));
  const program = await training.program(shape);
  program.batches.forEach(fillBatch);
  const hypers = program.batches.map(() => stillRates);
  const stepsPerSecond = await perSecond(seconds, async () => (await program.run(hypers)).length);
  await training.dispose();
  return { stepsPerSecond, gflops: (stepsPerSecond * program.flopsPerStep) / 1e9 };
}

const faster = (a: Rate | undefined, b: Rate) => (a !== undefined && a.gflops >= b.gflops ? a : b);

export const stepRate: Bench = {
  name: 'step-rate',
  claim: "the training step at width 256 against this machine's own sgemm rate in onnxruntime",
  async run({ signal, secondsScale }) {
    const threads = availableParallelism();
    const engine = new OrtEngine(threads);
    // The same with every product in float32, as it is on a processor without 8-bit dot products.
    const inFloats = new OrtEngine(threads, profiles.cpu);
    const seconds = 1.5 * secondsScale;
    let sgemm = 0;
    const best: Rate[] = [];
    const floats: Rate[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const chain of chainRows) {
        signal.throwIfAborted();
        sgemm = Math.max(sgemm, await sgemmRate(chain, spec.hidden, threads, seconds / 2));
      }
      for (const [i, { shape }] of shapes.entries()) {
        signal.throwIfAborted();
        best[i] = faster(best[i], await measure(engine, shape, seconds));
        floats[i] = faster(floats[i], await measure(inFloats, shape, seconds));
      }
    }
    await Promise.all([engine.dispose(), inFloats.dispose()]);
    const steps = shapes.map(({ name, bound }, i) => ({
      name,
      bound,
      ...best[i]!,
      share: best[i]!.gflops / sgemm,
      shareInFloats: floats[i]!.gflops / sgemm,
    }));
    return {
      floors: steps.map(({ name, share, bound }) => ({
        job: 'step-rate',
        quantity: `${name}, share of sgemm`,
        sense: 'at least',
        bound,
        unit: '%',
        measured: 100 * share,
      })),
      tables: [
        {
          title: `Training step, width ${spec.hidden}, ${spec.layers} sine layers, ${threads} threads`,
          columns: ['Step', 'Steps/s', 'GFLOP/s', 'Share of sgemm', 'all in float32'],
          rows: [
            ['sgemm alone', '–', figure(sgemm), '100.0 %', '100.0 %'],
            ...steps.map(({ name, stepsPerSecond, gflops, share, shareInFloats }) => [
              name,
              figure(stepsPerSecond),
              figure(gflops),
              figure(100 * share, '%'),
              figure(100 * shareInFloats, '%'),
            ]),
          ],
        },
      ],
      figures: { threads, sgemmGflops: sgemm, steps },
    };
  },
};
