/** Short trainings on made-up batches: what engines are compared by, in the specs and when a provider is checked. */
import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { BatchShape, Engine, Hyper, Program, Terms } from '../siren/engine.ts';
import { initialise } from '../siren/initialise.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import { Random } from '../siren/random.ts';
import type { Parameters } from '../siren/spec.ts';
import type { Optimiser } from '../siren/step.ts';

/** Fills a program's batches from a seed; what a step sees depends on the step alone, not on the run it is in. */
export function fillBatches(program: Program, firstStep: number): void {
  program.batches.forEach((batch, i) => {
    const random = new Random(100 + firstStep + i);
    for (const kind of sampleKinds) {
      const { points, direction, target, weight } = batch[kind];
      for (const data of [points, target]) data.forEach((_, j) => (data[j] = random.uniform(-1, 1)));
      direction.forEach((_, j) => (direction[j] = j % 4 < 2 ? 1 - (j % 2) : j % 2));
      weight.fill(1 / weight.length);
    }
  });
}

export interface Trial {
  readonly spec: SirenSpec;
  readonly optimiser: Optimiser;
  readonly shape: BatchShape;
  readonly hyper: Hyper;
  readonly steps: number;
}

/** A short training from `initialise(spec, 5)` on the batches of fillBatches. @returns the network after one step, and at the end */
export async function trained(
  engine: Engine,
  { spec, optimiser, shape, hyper, steps }: Trial,
): Promise<{ first: Parameters; last: Parameters; terms: Terms[] }> {
  const training = await engine.train(spec, optimiser, initialise(spec, 5));
  try {
    const program = await training.program(shape);
    const terms: Terms[] = [];
    const run = async (count: number) => {
      fillBatches(program, terms.length);
      terms.push(...(await program.run(Array.from({ length: count }, () => hyper))));
    };
    await run(1);
    const first = await training.parameters();
    while (terms.length < steps) await run(Math.min(program.batches.length, steps - terms.length));
    return { first, last: await training.parameters(), terms };
  } finally {
    await training.dispose();
  }
}

const flat = ({ W, b }: Parameters) => [...W, ...b];

/**
 * How far two trainings from the same start have come apart: the largest over all tensors of ‖a - b‖ / ‖b - start‖,
 * so that the measure is what was learned, not what was there before.
 */
export function drift(a: Parameters, b: Parameters, start: Parameters): number {
  const norm = (x: Float32Array, y: Float32Array) =>
    Math.sqrt(x.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0));
  return Math.max(
    ...flat(b).map((tensor, i) => {
      const apart = norm(flat(a)[i]!, tensor);
      return apart === 0 ? 0 : apart / norm(tensor, flat(start)[i]!);
    }),
  );
}
