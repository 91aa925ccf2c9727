import { afterAll, describe, expect, it } from 'vitest';

import type { Hyper, Program, Training } from '../siren/engine.ts';
import { initialise } from '../siren/initialise.ts';
import { Random } from '../siren/random.ts';
import { referenceJet } from '../siren/reference.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import { relativeError } from '../siren/testing.ts';
import { OrtEngine } from './ort-engine.ts';

const spec = { channels: 3, hidden: 16, layers: 3, omega: 8 } as const;
const shape = { value: 40, directional: 33, laplacian: 7 };
const hyper: Hyper = {
  muonRate: 0.02,
  firstRate: 0.01,
  hiddenRate: 0.01,
  outputRate: 0.001,
  clip: 10,
  valueWeight: 1,
  directionalWeight: 0.1,
  laplacianWeight: 0.01,
};

const engines = new Map([1, 2, 3].map((threads) => [threads, new OrtEngine(threads)]));
afterAll(() => Promise.all([...engines.values()].map((engine) => engine.dispose())));

/** Fills a program's batches from a seed; what a step sees depends on the step alone, not on the run it is in. */
function fill(program: Program, firstStep: number): void {
  program.batches.forEach((batch, i) => {
    const random = new Random(100 + firstStep + i);
    for (const kind of sampleKinds) {
      const { points, direction, target, weight } = batch[kind];
      for (const data of [points, target]) data.forEach((_, j) => (data[j] = random.uniform(-1, 1)));
      direction.forEach((_, j) => (direction[j] = j % 2 === 0 ? 1 : 0));
      weight.fill(1 / weight.length);
    }
  });
}

async function trained(threads: number, steps: number) {
  const training: Training = await engines.get(threads)!.train(spec, 'muon', initialise(spec, 5));
  const program = await training.program(shape);
  const terms = [];
  while (terms.length < steps) {
    fill(program, terms.length);
    const count = Math.min(program.batches.length, steps - terms.length);
    terms.push(...(await program.run(Array.from({ length: count }, () => hyper))));
  }
  const parameters = await training.parameters();
  await training.dispose();
  return { parameters, terms };
}

describe('the onnxruntime engine', () => {
  it('evaluates value and derivatives as the reference does, for any number of points', async () => {
    const parameters = initialise(spec, 9);
    const plain = { W: parameters.W.map((w) => [...w]), b: parameters.b.map((b) => [...b]) };
    const points = Float32Array.from({ length: 2 * 2051 }, (_, i) => Math.sin(12.9898 * i));
    const got = await engines.get(2)!.evaluate(spec, parameters, points, 2);
    for (const i of [0, 1, 2047, 2048, 2050]) {
      const truth = referenceJet(spec, plain, [points[2 * i]!, points[2 * i + 1]!]);
      const row = (data: Float32Array | undefined) => data!.subarray(3 * i, 3 * i + 3);
      expect(relativeError(row(got.value), truth.value)).toBeLessThan(1e-4);
      expect(relativeError(row(got.dx), truth.dx)).toBeLessThan(1e-4);
      expect(relativeError(row(got.dy), truth.dy)).toBeLessThan(1e-4);
      expect(relativeError(row(got.laplacian), truth.laplacian)).toBeLessThan(1e-4);
    }
    const none = await engines.get(1)!.evaluate(spec, parameters, new Float32Array(0), 1);
    expect(none.value).toHaveLength(0);
    expect(none.laplacian).toBeUndefined();
  });

  it.each([2, 3])(
    'trains to the same network with %i shards as in one graph, to rounding',
    async (threads) => {
      const [one, sharded] = [await trained(1, 7), await trained(threads, 7)];
      one.parameters.W.forEach((W, k) => {
        expect(relativeError(sharded.parameters.W[k]!, W)).toBeLessThan(2e-3);
        expect(relativeError(sharded.parameters.b[k]!, one.parameters.b[k]!)).toBeLessThan(2e-3);
      });
      one.terms.forEach((terms, i) => {
        expect(relativeError(Object.values(sharded.terms[i]!), Object.values(terms))).toBeLessThan(2e-3);
      });
    },
  );

  it.each([1, 2])('gives identical bits when repeated, with %i threads', async (threads) => {
    const [first, second] = [await trained(threads, 6), await trained(threads, 6)];
    expect(second).toEqual(first);
  });

  it.each([1, 2])(
    'goes back to a given network with its moments forgotten, with %i threads',
    async (threads) => {
      const start = initialise(spec, 6);
      const training = await engines.get(threads)!.train(spec, 'adam', start);
      const program = await training.program(shape);
      fill(program, 0);
      await program.run([hyper]);
      const once = await training.parameters();
      await training.restore(start);
      expect(await training.parameters()).toEqual(start);
      fill(program, 0);
      await program.run([hyper]);
      expect(await training.parameters()).toEqual(once);
      expect(once).not.toEqual(start);
      await training.dispose();
    },
  );

  it.each([1, 2, 3])(
    'goes on from a saved state as if it had never been left, with %i threads',
    async (threads) => {
      const engine = engines.get(threads)!;
      const steps = 4;
      const walk = async (training: Training, from: number) => {
        const program = await training.program(shape);
        for (let step = from; step < from + steps; step++) {
          fill(program, step);
          await program.run([{ ...hyper, muonRate: hyper.muonRate / (step + 1) }]);
        }
      };
      const first = await engine.train(spec, 'muon', initialise(spec, 5));
      await walk(first, 0);
      const saved = await first.state();
      await walk(first, steps);
      const straight = await first.state();
      await first.dispose();
      const second = await engine.train(spec, 'muon', initialise(spec, 77));
      await second.resume(saved);
      expect(await second.state()).toEqual(saved);
      await walk(second, steps);
      expect(await second.state()).toEqual(straight);
      expect(straight).not.toEqual(saved);
      await second.dispose();
    },
  );

  it('carries a state from one number of shards to another', async () => {
    const one = await engines.get(1)!.train(spec, 'muon', initialise(spec, 5));
    const program = await one.program(shape);
    fill(program, 0);
    await program.run([hyper]);
    const state = await one.state();
    const three = await engines.get(3)!.train(spec, 'muon', initialise(spec, 6));
    await three.resume(state);
    expect(await three.state()).toEqual(state);
    expect(await three.parameters()).toEqual(await one.parameters());
    await Promise.all([one.dispose(), three.dispose()]);
  });

  it('trains with more shards than there are samples', async () => {
    const start = initialise(spec, 5);
    const training = await engines.get(3)!.train(spec, 'muon', start);
    const program = await training.program({ value: 1, directional: 0, laplacian: 0 });
    fill(program, 0);
    const [terms] = await program.run([hyper]);
    expect(terms!.value).toBeGreaterThan(0);
    expect(await training.parameters()).not.toEqual(start);
    await training.dispose();
  });

  it('keeps one state for programs of different batches', async () => {
    const training = await engines.get(2)!.train(spec, 'muon', initialise(spec, 5));
    const values = await training.program({ value: 8, directional: 0, laplacian: 0 });
    fill(values, 0);
    const [terms] = await values.run([hyper]);
    expect(terms).toMatchObject({ directional: 0, laplacian: 0 });
    const moved = await training.parameters();
    const mixed = await training.program(shape);
    fill(mixed, 1);
    await mixed.run([{ ...hyper, muonRate: 0, firstRate: 0, hiddenRate: 0, outputRate: 0 }]);
    expect(await training.parameters()).toEqual(moved);
    await training.dispose();
  });
});
