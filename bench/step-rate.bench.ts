import { availableParallelism } from 'node:os';

import { OrtEngine } from '../src-main/engines/ort-engine.ts';
import type { BatchShape, Hyper, Program } from '../src-main/siren/engine.ts';
import { initialise } from '../src-main/siren/initialise.ts';
import { sampleKinds } from '../src-main/siren/loss-gradient.ts';
import { Random } from '../src-main/siren/random.ts';
import type { Bench } from './bench.ts';
import { figure } from './floor.ts';
import { perSecond } from './per-second.ts';
import { sgemmRate } from './sgemm-rate.ts';

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

/** Rates so small that the network stays where it is, however often it steps. */
const hyper: Hyper = {
  muonRate: 1e-6,
  firstRate: 1e-6,
  hiddenRate: 1e-6,
  outputRate: 1e-6,
  clip: 10,
  valueWeight: 1,
  directionalWeight: 0.1,
  laplacianWeight: 0.1,
};

function fill({ batches }: Program): void {
  const random = new Random(1);
  for (const batch of batches) {
    for (const kind of sampleKinds) {
      const { points, direction, target, weight } = batch[kind];
      for (const data of [points, target]) data.forEach((_, i) => (data[i] = random.uniform(-1, 1)));
      direction.forEach((_, i) => (direction[i] = i % 2 === 0 ? 1 : 0));
      weight.fill(1 / weight.length);
    }
  }
}

interface Rate {
  readonly stepsPerSecond: number;
  readonly gflops: number;
}

async function measure(engine: OrtEngine, shape: BatchShape, seconds: number): Promise<Rate> {
  const training = await engine.train(spec, 'muon', initialise(spec, 0));
  const program = await training.program(shape);
  fill(program);
  const hypers = program.batches.map(() => hyper);
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
    const seconds = 1.5 * secondsScale;
    let sgemm = 0;
    const best: Rate[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const chain of chainRows) {
        signal.throwIfAborted();
        sgemm = Math.max(sgemm, await sgemmRate(chain, spec.hidden, threads, seconds / 2));
      }
      for (const [i, { shape }] of shapes.entries()) {
        signal.throwIfAborted();
        best[i] = faster(best[i], await measure(engine, shape, seconds));
      }
    }
    await engine.dispose();
    const steps = shapes.map(({ name, bound }, i) => ({
      name,
      bound,
      ...best[i]!,
      share: best[i]!.gflops / sgemm,
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
          columns: ['Step', 'Steps/s', 'GFLOP/s', 'Share of sgemm'],
          rows: [
            ['sgemm alone', '–', figure(sgemm), '100.0 %'],
            ...steps.map(({ name, stepsPerSecond, gflops, share }) => [
              name,
              figure(stepsPerSecond),
              figure(gflops),
              figure(100 * share, '%'),
            ]),
          ],
        },
      ],
      figures: { threads, sgemmGflops: sgemm, steps },
    };
  },
};
