import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

import { sampleKinds } from '../siren/loss-gradient.ts';
import { chunkOf } from '../siren/plain-engine.ts';
import { matrix, plainOps } from '../siren/plain-ops.ts';
import type { Matrix } from '../siren/plain-ops.ts';
import { referenceLoss } from '../siren/reference.ts';
import type { ReferenceSample } from '../siren/reference.ts';
import { hyperNames, optimisers, parameterSlots, stateLayout, trainingStep } from '../siren/step.ts';
import type { HyperName } from '../siren/step.ts';
import { mixtures, relativeError, smallParameters, smallSamples, smallSpec } from '../siren/testing.ts';
import { batchFeeds, emptyBatch } from './batch-inputs.ts';
import {
  gradientGraph,
  gradientOf,
  nextState,
  stepGraph,
  termOutput,
  weightNames,
} from './training-graph.ts';

const lambda = { value: 0.7, directional: 1.3, laplacian: 0.02 };
const cases = mixtures.flatMap((kinds) =>
  ([1, 3] as const).map((channels) => [kinds.join('+'), channels, kinds] as const),
);

const f32 = (data: ArrayLike<number>, dims: readonly number[]) =>
  new Tensor('float32', Float32Array.from(data), dims);

/** The samples as a batch's arrays, with the shape they have. */
function batchOf(samples: readonly ReferenceSample[], channels: number) {
  const of = (kind: ReferenceSample['kind']) => samples.filter((sample) => sample.kind === kind);
  const shape = {
    value: of('value').length,
    directional: of('directional').length,
    laplacian: of('laplacian').length,
  };
  const batch = emptyBatch(shape, channels);
  for (const kind of sampleKinds) {
    of(kind).forEach(({ point, direction, target, weight }, i) => {
      batch[kind].points.set(point, 2 * i);
      batch[kind].direction.set(direction, 2 * i);
      batch[kind].target.set(target, channels * i);
      batch[kind].weight[i] = weight;
    });
  }
  return { batch, shape };
}

const tolerance = 2e-5;

describe('the training graph in onnxruntime', () => {
  it.each(cases)('has the reference gradient on %s samples with %i channels', async (_, channels, kinds) => {
    const spec = smallSpec(channels);
    const parameters = smallParameters(spec, 21);
    const samples = smallSamples(channels, kinds, 5, 22);
    const truth = referenceLoss(spec, parameters, samples, lambda);
    const { batch, shape } = batchOf(samples, channels);
    const session = await InferenceSession.create(gradientGraph(spec, shape).bytes);
    const slots = parameterSlots(spec, 'adam');
    const flat = (of: typeof parameters) => of.W.flatMap((W, k) => [W, of.b[k]!]);
    const feeds = Object.fromEntries([
      ...slots.map(({ name, dims }, i) => [name, f32(flat(parameters)[i]!, dims)]),
      ...sampleKinds.map((kind, i) => [weightNames[i]!, f32([lambda[kind]], [])]),
      ...Object.entries(batchFeeds(batch, channels, shape)),
    ]) as Record<string, Tensor>;
    const results = await session.run(feeds);
    const terms = kinds.map((kind) => lambda[kind] * Number(results[termOutput(kind)]!.data[0]));
    expect(relativeError([terms.reduce((a, b) => a + b)], [truth.loss])).toBeLessThan(tolerance);
    slots.forEach(({ name }, i) => {
      const gradient = results[gradientOf(name)]!.data as Float32Array;
      expect(relativeError(gradient, flat(truth.gradient)[i]!), name).toBeLessThan(tolerance);
    });
    await session.release();
  });

  it.each(optimisers)('makes the same %s steps as the plain float64 operations', async (optimiser) => {
    const channels = 3;
    const spec = smallSpec(channels);
    const { batch, shape } = batchOf(smallSamples(channels, sampleKinds, 5, 31), channels);
    const layout = stateLayout(spec, optimiser);
    const start = smallParameters(spec, 32);
    const initial = (name: string, length: number) => {
      const [, letter, layer] = /^([Wb])(\d+)$/.exec(name) ?? [];
      const data = letter === undefined ? undefined : start[letter as 'W' | 'b'][Number(layer)];
      return data ?? new Array<number>(length).fill(0);
    };
    const volume = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);
    const hyper: Record<HyperName, number> = {
      muonRate: 0.02,
      firstRate: 0.01,
      hiddenRate: 0.005,
      outputRate: 0.001,
      clip: 0.5,
      valueWeight: lambda.value,
      directionalWeight: lambda.directional,
      laplacianWeight: lambda.laplacian,
    };
    const asMatrix = (data: ArrayLike<number>, dims: readonly number[]) =>
      matrix(dims.length === 2 ? dims[0]! : 1, dims[dims.length - 1] ?? 1, data);
    let plain = new Map<string, Matrix>(
      layout.map(({ name, dims }) => [name, asMatrix(initial(name, volume(dims)), dims)]),
    );
    let state: Record<string, Tensor> = Object.fromEntries(
      layout.map(({ name, dims }) => [name, f32(initial(name, volume(dims)), dims)]),
    );
    const chunks = sampleKinds.map((kind) => chunkOf(kind, batch, shape[kind], channels));
    const session = await InferenceSession.create(stepGraph(spec, optimiser, shape).bytes);
    const scalars = Object.fromEntries(hyperNames.map((name) => [name, f32([hyper[name]], [])]));
    const plainHyper = Object.fromEntries(
      hyperNames.map((name) => [name, plainOps.scalar(hyper[name])]),
    ) as Record<HyperName, Matrix>;
    for (let i = 0; i < 3; i++) {
      const results = await session.run({ ...scalars, ...batchFeeds(batch, channels, shape), ...state });
      state = Object.fromEntries(layout.map(({ name }) => [name, results[nextState(name)] as Tensor]));
      plain = trainingStep(plainOps, spec, optimiser, plain, chunks, plainHyper).state;
    }
    for (const { name, dims } of layout) {
      const got = state[name]!.data as Float32Array;
      expect(relativeError(got, plain.get(name)!.data), name).toBeLessThan(1e-3);
      const still = initial(name, volume(dims));
      if (!name.includes('.')) expect(relativeError(got, still), `${name} moved`).toBeGreaterThan(1e-5);
    }
    await session.release();
  });

  it('counts the arithmetic of its matrix products', () => {
    const spec = { channels: 1, hidden: 8, layers: 2, omega: 10 } as const;
    const shape = { value: 16, directional: 0, laplacian: 0 };
    const forward = 2 * 16 * (2 * 8 + 8 * 8 + 8 * 1);
    const gradients = forward;
    const backward = 2 * 16 * (8 * 8 + 8 * 1);
    expect(gradientGraph(spec, shape).flops).toBe(forward + gradients + backward);
  });
});
