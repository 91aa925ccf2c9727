import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { initialise } from '../../siren/initialise.ts';
import { contractHyper, contractShape, contractSpec, describeEngine } from '../engine-contract.ts';
import { fillBatches } from '../trial.ts';
import { TfEngine } from './tf-engine.ts';

/** tfjs's CPU backend sums in float64, so what parts it from onnxruntime is onnxruntime's rounding in float32. */
describeEngine('tfjs on its CPU backend', () => new TfEngine(tf, 'cpu'), {
  drift: [1e-4, 1e-4],
  value: 1e-4,
});

describe('the tfjs engine', () => {
  const tensors = () => tf.memory().numTensors;

  it('keeps no more tensors after many steps than after the first, and none once it is disposed of', async () => {
    const before = tensors();
    const engine = new TfEngine(tf, 'cpu');
    const start = initialise(contractSpec, 3);
    const training = await engine.train(contractSpec, 'muon', start);
    const program = await training.program(contractShape);
    const steps = async (count: number) => {
      fillBatches(program, 0);
      await program.run(Array.from({ length: count }, () => contractHyper));
      await training.parameters();
      return tensors();
    };
    const settled = await steps(1);
    expect(settled).toBeGreaterThan(before);
    for (let run = 0; run < 3; run++) expect(await steps(program.batches.length)).toBe(settled);
    await training.restore(start);
    expect(tensors()).toBe(settled);
    await training.dispose();
    expect(tensors()).toBe(before);
    await engine.dispose();
  });

  it('keeps no tensors of an evaluation', async () => {
    const before = tensors();
    const engine = new TfEngine(tf, 'cpu');
    const evaluate = async () => {
      await engine.evaluate(contractSpec, initialise(contractSpec, 3), new Float32Array(20).fill(0.3), 2);
      return tensors();
    };
    const settled = await evaluate();
    expect(await evaluate()).toBe(settled);
    await engine.dispose();
    expect(tensors()).toBe(before);
  });
});
