/**
 * "Supervised only by gradients or Laplacians": a constant added to the photograph leaves the training as it was.
 */
import { afterAll, describe, expect, it } from 'vitest';

import { openEngine } from '../../src-main/engines/open.ts';
import { exactSolution, gradientOf, laplacianOf } from '../../src-main/fields/index.ts';
import { Random } from '../../src-main/siren/random.ts';
import { train } from '../../src-main/siren/trainer.ts';
import { losses } from '../../src-shared/model/training.ts';
import type { Loss } from '../../src-shared/model/training.ts';
import { operators, supervisions } from '../../src-shared/model/field.ts';
import type { Operator, Supervision } from '../../src-shared/model/field.ts';

const [width, height, channels] = [16, 12, 3] as const;
const spec = { channels, hidden: 16, layers: 3, omega: 6 } as const;

const engine = await openEngine({ threads: 2 });
afterAll(() => engine.dispose());

/** A picture of whole 256ths, with `constant` 256ths (or any number) added to every value. */
function picture(constant: number) {
  const random = new Random(8);
  const data = Float32Array.from(
    { length: width * height * channels },
    () => (random.below(128) + constant) / 256,
  );
  return { width, height, channels, data };
}

async function trained(constant: number, loss: Loss, from: Supervision, operator: Operator) {
  const signal = new AbortController().signal;
  const field =
    from === 'gradient' ? gradientOf(picture(constant), operator) : laplacianOf(picture(constant), operator);
  const { parameters } = await train(signal, {
    guidance: { field },
    spec,
    loss,
    optimiser: 'muon',
    budget: { steps: 10 },
    seed: 4,
    engine,
    solve: exactSolution,
  });
  return parameters;
}

const cases = losses.flatMap((loss) =>
  supervisions.flatMap((from) => operators.map((operator) => [loss, from, operator] as const)),
);

describe('only derivatives train the network', () => {
  it.each(cases)('%s loss, %s, %s: a constant leaves every bit as it was', async (...job) => {
    expect(await trained(100, ...job)).toEqual(await trained(0, ...job));
  });

  it('a constant that is not exact leaves it as it was to rounding', async () => {
    const [plain, shifted] = [
      await trained(0, 'balanced', 'gradient', 'staggered'),
      await trained(25.6, 'balanced', 'gradient', 'staggered'),
    ];
    plain.W.forEach((W, k) => {
      const scale = Math.max(...W.map(Math.abs));
      const difference = Math.max(...W.map((w, i) => Math.abs(w - shifted.W[k]![i]!)));
      expect(difference).toBeLessThan(1e-3 * scale);
    });
    expect(shifted).not.toEqual(plain);
  });

  it('the same seed trains the same network, and another seed another', async () => {
    const job = ['balanced', 'gradient', 'staggered'] as const;
    expect(await trained(0, ...job)).toEqual(await trained(0, ...job));
  });
});
