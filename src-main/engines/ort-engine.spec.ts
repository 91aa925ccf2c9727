import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, it, vi } from 'vitest';

import { initialise } from '../siren/initialise.ts';
import { relativeError } from '../siren/testing.ts';
import { contractHyper, contractShape, contractSpec, describeEngine } from './engine-contract.ts';
import { OrtEngine } from './ort-engine.ts';
import { profiles } from './providers/profile.ts';
import { fillBatches, trained } from './trial.ts';
import type { Trial } from './trial.ts';

/** Shards add in another order than one graph does: rounding, which orthogonalisation makes larger. */
const rounding = { drift: [2e-3, 2e-3], value: 1e-4 } as const;
for (const threads of [1, 2]) {
  describeEngine(
    `onnxruntime's CPU provider with ${threads} threads`,
    () => new OrtEngine(threads),
    rounding,
  );
}

const engines = new Map([1, 2, 3].map((threads) => [threads, new OrtEngine(threads)]));
afterAll(() => Promise.all([...engines.values()].map((engine) => engine.dispose())));

const trial = (steps: number): Trial => ({
  spec: contractSpec,
  optimiser: 'muon',
  shape: contractShape,
  hyper: contractHyper,
  steps,
});

describe('the onnxruntime engine', () => {
  it.each([2, 3])(
    'trains to the same network with %i shards as in one graph, to rounding',
    async (threads) => {
      const one = await trained(engines.get(1)!, trial(7));
      const sharded = await trained(engines.get(threads)!, trial(7));
      one.last.W.forEach((W, k) => {
        expect(relativeError(sharded.last.W[k]!, W)).toBeLessThan(2e-3);
        expect(relativeError(sharded.last.b[k]!, one.last.b[k]!)).toBeLessThan(2e-3);
      });
    },
  );

  it.each([1, 2])('gives identical bits when repeated, with %i threads', async (threads) => {
    const engine = engines.get(threads)!;
    expect(await trained(engine, trial(6))).toEqual(await trained(engine, trial(6)));
  });

  it('carries a state from one number of shards to another', async () => {
    const one = await engines.get(1)!.train(contractSpec, 'muon', initialise(contractSpec, 5));
    const program = await one.program(contractShape);
    fillBatches(program, 0);
    await program.run([contractHyper]);
    const state = await one.state();
    const three = await engines.get(3)!.train(contractSpec, 'muon', initialise(contractSpec, 6));
    await three.resume(state);
    expect(await three.state()).toEqual(state);
    expect(await three.parameters()).toEqual(await one.parameters());
    await Promise.all([one.dispose(), three.dispose()]);
  });

  it('opens a session again that could not be opened once', async () => {
    const parameters = initialise(contractSpec, 1);
    const engine = new OrtEngine(1);
    const evaluate = () => engine.evaluate(contractSpec, parameters, Float32Array.of(0, 0), 0);
    vi.spyOn(InferenceSession, 'create').mockRejectedValueOnce(new Error('no memory'));
    await expect(evaluate()).rejects.toThrow('no memory');
    expect((await evaluate()).value).toHaveLength(3);
    await engine.dispose();
  });

  it('ends though a session is just failing to open', async () => {
    const engine = new OrtEngine(1);
    vi.spyOn(InferenceSession, 'create').mockRejectedValueOnce(new Error('no memory'));
    const evaluated = engine.evaluate(contractSpec, initialise(contractSpec, 1), Float32Array.of(0, 0), 0);
    const disposed = engine.dispose();
    await expect(evaluated).rejects.toThrow('no memory');
    await disposed;
  });

  it.each([1, 2])('says whether products are of 8 bits, with %i threads', async (threads) => {
    const wide = { ...contractSpec, hidden: 64 };
    const rounds = async (spec: typeof wide | typeof contractSpec, roundsCoarse: boolean) => {
      const engine = new OrtEngine(threads, { ...profiles.cpu, roundsCoarse });
      const training = await engine.train(spec, 'muon', initialise(spec, 1));
      const { roundsProducts } = await training.program({ value: 256, directional: 0, laplacian: 0 });
      await training.dispose();
      await engine.dispose();
      return roundsProducts;
    };
    expect(await rounds(wide, true)).toBe(true);
    expect(await rounds(wide, false)).toBe(false);
    // Too narrow to gain by it.
    expect(await rounds(contractSpec, true)).toBe(false);
  });
});
