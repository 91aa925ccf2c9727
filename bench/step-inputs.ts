import type { Batch, Hyper } from '../src-main/siren/engine.ts';
import { sampleKinds } from '../src-main/siren/loss-gradient.ts';
import { Random } from '../src-main/siren/random.ts';

/** Rates so small that the network stays where it is, however often it steps. */
export const stillRates: Hyper = {
  muonRate: 1e-6,
  firstRate: 1e-6,
  hiddenRate: 1e-6,
  outputRate: 1e-6,
  clip: 10,
  valueWeight: 1,
  directionalWeight: 0.1,
  laplacianWeight: 0.1,
};

/** Samples anywhere, of anything. */
export function fillBatch(batch: Batch): void {
  const random = new Random(1);
  for (const kind of sampleKinds) {
    const { points, direction, target, weight } = batch[kind];
    for (const data of [points, target]) data.forEach((_, i) => (data[i] = random.uniform(-1, 1)));
    direction.forEach((_, i) => (direction[i] = i % 2 === 0 ? 1 : 0));
    weight.fill(1 / weight.length);
  }
}
