/** What every engine owes the trainer: the same suite for each, run by the engines' specs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Engine, Hyper, Training } from '../siren/engine.ts';
import { initialise } from '../siren/initialise.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import type { SampleKind } from '../siren/loss-gradient.ts';
import { referenceJet } from '../siren/reference.ts';
import { optimisers } from '../siren/step.ts';
import { relativeError } from '../siren/testing.ts';
import { OrtEngine } from './ort-engine.ts';
import { drift, fillBatches, trained } from './trial.ts';
import type { Trial } from './trial.ts';

export const contractSpec = { channels: 3, hidden: 16, layers: 3, omega: 8 } as const;
export const contractShape = { value: 40, directional: 33, laplacian: 7 };
export const contractHyper: Hyper = {
  muonRate: 0.02,
  firstRate: 0.01,
  hiddenRate: 0.01,
  outputRate: 0.001,
  clip: 10,
  valueWeight: 1,
  directionalWeight: 0.1,
  laplacianWeight: 0.01,
};

/** The kinds of samples that each loss trains on, by supervision; what is asked of an engine is one of these. */
const asked: readonly (readonly [name: string, kinds: readonly SampleKind[]])[] = [
  ['the integrated loss', ['value']],
  ['the residual of gradients', ['directional']],
  ['the residual of Laplacians', ['directional', 'laplacian']],
  ['the balanced loss of gradients', ['value', 'directional']],
  ['the balanced loss of Laplacians', sampleKinds],
];

const rowsOf = { value: 40, directional: 33, laplacian: 12 };
const shapeOf = (kinds: readonly SampleKind[]) => {
  const rows = (kind: SampleKind) => (kinds.includes(kind) ? rowsOf[kind] : 0);
  return { value: rows('value'), directional: rows('directional'), laplacian: rows('laplacian') };
};

export interface Tolerance {
  /** Of what one step and ten steps learned, relative (see drift). */
  readonly drift: readonly [one: number, ten: number];
  /** Of loss terms and of evaluated derivatives, relative. */
  readonly value: number;
}

/**
 * @param tolerance how far the engine may be from onnxruntime's CPU provider on one thread (and, evaluating, from float64)
 */
export function describeEngine(
  name: string,
  open: () => Engine | Promise<Engine>,
  tolerance: Tolerance,
): void {
  describe(`${name}, by the contract of engines`, () => {
    const cpu = new OrtEngine(1);
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => Promise.all([engine.dispose(), cpu.dispose()]));

    it('evaluates value and derivatives as the float64 reference does, for any number of points', async () => {
      const parameters = initialise(contractSpec, 9);
      const plain = { W: parameters.W.map((w) => [...w]), b: parameters.b.map((b) => [...b]) };
      const points = Float32Array.from({ length: 2 * 2051 }, (_, i) => Math.sin(12.9898 * i));
      const got = await engine.evaluate(contractSpec, parameters, points, 2);
      for (const i of [0, 1, 2047, 2048, 2050]) {
        const truth = referenceJet(contractSpec, plain, [points[2 * i]!, points[2 * i + 1]!]);
        const row = (data: Float32Array | undefined) => data!.subarray(3 * i, 3 * i + 3);
        for (const key of ['value', 'dx', 'dy', 'laplacian'] as const) {
          expect(relativeError(row(got[key]), truth[key]), key).toBeLessThan(tolerance.value);
        }
      }
      const none = await engine.evaluate(contractSpec, parameters, new Float32Array(0), 1);
      expect(none.value).toHaveLength(0);
      expect(none.dy).toHaveLength(0);
      expect(none.laplacian).toBeUndefined();
    });

    describe.each(optimisers)('moving by %s', (optimiser) => {
      it.each(asked)('takes the same steps as onnxruntime on one thread for %s', async (_, kinds) => {
        const shape = shapeOf(kinds);
        const start = initialise(contractSpec, 5);
        const trial: Trial = { spec: contractSpec, optimiser, shape, hyper: contractHyper, steps: 10 };
        const [got, truth] = [await trained(engine, trial), await trained(cpu, trial)];
        expect(drift(got.first, truth.first, start), 'one step').toBeLessThan(tolerance.drift[0]);
        expect(drift(got.last, truth.last, start), 'ten steps').toBeLessThan(tolerance.drift[1]);
        expect(got.first).not.toEqual(start);
        truth.terms.forEach((terms, step) => {
          const error = relativeError(Object.values(got.terms[step]!), Object.values(terms));
          expect(error, `loss of step ${step}`).toBeLessThan(tolerance.value);
        });
      });
    });

    it('goes back to a given network with its moments forgotten', async () => {
      const start = initialise(contractSpec, 6);
      const training = await engine.train(contractSpec, 'adam', start);
      const program = await training.program(contractShape);
      const step = async () => {
        fillBatches(program, 0);
        await program.run([contractHyper]);
        return training.parameters();
      };
      const once = await step();
      await step();
      await training.restore(start);
      expect(await training.parameters()).toEqual(start);
      expect(drift(await step(), once, start)).toBeLessThan(1e-6);
      expect(once).not.toEqual(start);
      await training.dispose();
    });

    it('goes on from a saved state as if it had never been left', async () => {
      const steps = 3;
      const walk = async (training: Training, from: number) => {
        const program = await training.program(contractShape);
        for (let step = from; step < from + steps; step++) {
          fillBatches(program, step);
          await program.run([{ ...contractHyper, muonRate: contractHyper.muonRate / (step + 1) }]);
        }
      };
      const first = await engine.train(contractSpec, 'muon', initialise(contractSpec, 5));
      await walk(first, 0);
      const saved = await first.state();
      await walk(first, steps);
      const straight = await first.state();
      await first.dispose();
      const second = await engine.train(contractSpec, 'muon', initialise(contractSpec, 77));
      await second.resume(saved);
      expect(await second.state()).toEqual(saved);
      await walk(second, steps);
      expect(await second.state()).toEqual(straight);
      expect(straight).not.toEqual(saved);
      await second.dispose();
    });

    it('leaves the network it was given as it was, and hands out copies', async () => {
      const start = initialise(contractSpec, 6);
      const training = await engine.train(contractSpec, 'muon', start);
      const program = await training.program(contractShape);
      const before = await training.parameters();
      fillBatches(program, 0);
      await program.run([contractHyper]);
      expect(start).toEqual(initialise(contractSpec, 6));
      expect(before).toEqual(start);
      await training.dispose();
    });

    it('trains on a single sample', async () => {
      const start = initialise(contractSpec, 5);
      const training = await engine.train(contractSpec, 'muon', start);
      const program = await training.program({ value: 1, directional: 0, laplacian: 0 });
      fillBatches(program, 0);
      const [terms] = await program.run([contractHyper]);
      expect(terms!.value).toBeGreaterThan(0);
      expect(await training.parameters()).not.toEqual(start);
      await training.dispose();
    });

    it('keeps one state for programs of different batches', async () => {
      const training = await engine.train(contractSpec, 'muon', initialise(contractSpec, 5));
      const values = await training.program({ value: 8, directional: 0, laplacian: 0 });
      fillBatches(values, 0);
      const [terms] = await values.run([contractHyper]);
      expect(terms).toMatchObject({ directional: 0, laplacian: 0 });
      const moved = await training.parameters();
      const mixed = await training.program(contractShape);
      fillBatches(mixed, 1);
      await mixed.run([{ ...contractHyper, muonRate: 0, firstRate: 0, hiddenRate: 0, outputRate: 0 }]);
      expect(await training.parameters()).toEqual(moved);
      expect(mixed.flopsPerStep).toBeGreaterThan(values.flopsPerStep);
      await training.dispose();
    });
  });
}
