import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it, vi } from 'vitest';

import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { BatchShape } from '../siren/engine.ts';
import { initialise } from '../siren/initialise.ts';
import type { GemmOptions, Precision } from '../siren/ops.ts';
import { Random } from '../siren/random.ts';
import { parameterSlots } from '../siren/step.ts';
import { relativeError } from '../siren/testing.ts';
import { batchFeeds, emptyBatch } from './batch-inputs.ts';
import { CoarseProducts, isWorthRounding } from './coarse-products.ts';
import { cpuProfile, multipliesBytesExactly } from './providers/cpu-profile.ts';
import { gradientGraph, gradientOf, termOutput, weightNames } from './training-graph.ts';

const random = new Random(4);
const uniform = (length: number, size = 1) =>
  Float32Array.from({ length }, () => random.uniform(-size, size));

/** op(a)·op(b) in float64 of what is given. */
function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  [m, k, n]: readonly number[],
  options: GemmOptions,
) {
  const { transA = false, transB = false } = options;
  return Float64Array.from({ length: m! * n! }, (_, i) => {
    const [row, column] = [Math.floor(i / n!), i % n!];
    let sum = 0;
    for (let j = 0; j < k!; j++) {
      sum += a[transA ? j * m! + row : row * k! + j]! * b[transB ? column * k! + j : j * n! + column]!;
    }
    return sum;
  });
}

/** x at the nearest of 256 levels over its range, zero among them. */
function rounded(x: Float32Array): Float64Array {
  const least = x.reduce((p, q) => Math.min(p, q), 0);
  const scale = (x.reduce((p, q) => Math.max(p, q), 0) - least) / 255;
  const zero = Math.round(-least / scale);
  const level = (value: number) => Math.min(255, Math.max(0, Math.round(value / scale) + zero));
  return Float64Array.from(x, (value) => scale * (level(value) - zero));
}

describe('coarse products', () => {
  const [m, k, n] = [72, 130, 65] as const;
  const cases: readonly GemmOptions[] = [
    {},
    { transA: true },
    { transB: true },
    { transA: true, transB: true },
    { alpha: 2.0315, beta: -4.775 },
  ];

  it.each(cases)(
    'are the products of the rounded factors, and nothing else is rounded: %o',
    async (options) => {
      const { transA = false, transB = false, alpha = 1, beta = 1 } = options;
      const graph = new GraphBuilder();
      const dims = { a: transA ? [k, m] : [m, k], b: transB ? [n, k] : [k, n], c: [m, n] };
      const [a, b, c] = [graph.input('a', dims.a), graph.input('b', dims.b), graph.input('c', dims.c)];
      graph.output('product', new CoarseProducts(graph).gemm(a, b, c, options), [m, n]);
      const data = { a: uniform(m * k, 3), b: uniform(k * n, 0.02), c: uniform(m * n) };
      // Ranges that are not even about zero.
      data.a[5] = 4.5;
      data.b[7] = -0.05;
      const session = await InferenceSession.create(graph.toBytes('coarse'));
      const feeds = Object.fromEntries(
        (['a', 'b', 'c'] as const).map((name) => [name, new Tensor('float32', data[name], dims[name])]),
      );
      const got = (await session.run(feeds))['product']!.data as Float32Array;
      await session.release();
      const truth = product(rounded(data.a), rounded(data.b), [m, k, n], options).map(
        (value, i) => alpha * value + beta * data.c[i]!,
      );
      // A value halfway between two levels may go to either.
      expect(relativeError(got, truth)).toBeLessThan(5e-4);
      const exact = product(data.a, data.b, [m, k, n], options).map(
        (value, i) => alpha * value + beta * data.c[i]!,
      );
      expect(relativeError(got, exact)).toBeGreaterThan(5e-4);
    },
  );

  it('of nothing but zeros are zero, and of what is no number are none', async () => {
    const graph = new GraphBuilder();
    const [a, b] = [graph.input('a', [64, 64]), graph.input('b', [64, 64])];
    graph.output('product', new CoarseProducts(graph).gemm(a, b), [64, 64]);
    const session = await InferenceSession.create(graph.toBytes('coarse'));
    const of = async (first: Float32Array) => {
      const feeds = {
        a: new Tensor('float32', first, [64, 64]),
        b: new Tensor('float32', uniform(4096), [64, 64]),
      };
      return (await session.run(feeds))['product']!.data as Float32Array;
    };
    expect((await of(new Float32Array(4096))).every((value) => value === 0)).toBe(true);
    expect((await of(new Float32Array(4096).fill(Infinity))).every(Number.isFinite)).toBe(false);
    await session.release();
  });

  it('are left alone where rounding would cost more than it gains, or sums would not hold', () => {
    expect(isWorthRounding(64, 64, 64)).toBe(true);
    expect(isWorthRounding(512, 256, 3)).toBe(false);
    expect(isWorthRounding(2, 512, 256)).toBe(false);
    expect(isWorthRounding(256, 70_000, 256)).toBe(false);
  });
});

describe('the training graph with coarse products', () => {
  const spec = { channels: 3, hidden: 96, layers: 3, omega: 12 } as const;
  const shape: BatchShape = { value: 256, directional: 256, laplacian: 128 };

  async function gradient(roundsCoarse: boolean, precision: Precision) {
    const parameters = initialise(spec, 3);
    const batch = emptyBatch(shape, spec.channels);
    const samples = new Random(8);
    for (const kind of ['value', 'directional', 'laplacian'] as const) {
      const { points, direction, target, weight } = batch[kind];
      for (const data of [points, target]) data.forEach((_, i) => (data[i] = samples.uniform(-1, 1)));
      direction.forEach((_, i) => (direction[i] = i % 2));
      weight.fill(1 / weight.length);
    }
    const graph = gradientGraph(spec, shape, { roundsCoarse, precision });
    const session = await InferenceSession.create(graph.bytes);
    const slots = parameterSlots(spec, 'adam');
    const flat = parameters.W.flatMap((W, layer) => [W, parameters.b[layer]!]);
    const results = await session.run({
      ...Object.fromEntries(slots.map(({ name, dims }, i) => [name, new Tensor('float32', flat[i]!, dims)])),
      ...Object.fromEntries(
        weightNames.map((name, i) => [name, new Tensor('float32', [[1, 0.1, 1e-3][i]!], [])]),
      ),
      ...batchFeeds(batch, spec.channels, shape),
    });
    await session.release();
    const data = (name: string) => results[name]!.data as Float32Array;
    return {
      terms: (['value', 'directional', 'laplacian'] as const).map((kind) => data(termOutput(kind))[0]!),
      gradients: slots.map(({ name }) => data(gradientOf(name))),
    };
  }

  it('has a gradient within a few percent of the full one, and a loss that is the same', async () => {
    const [full, coarse] = [await gradient(false, 'full'), await gradient(true, 'full')];
    expect(coarse.terms).toEqual(full.terms);
    coarse.gradients.forEach((g, i) => {
      expect(relativeError(g, full.gradients[i]!), `tensor ${i}`).toBeLessThan(0.04);
    });
    expect(coarse.gradients[2]).not.toEqual(full.gradients[2]);
  });

  it('rounds the forward pass where that is asked for, and only there', async () => {
    const [full, coarse] = [await gradient(true, 'full'), await gradient(true, 'coarse')];
    expect(coarse.terms).not.toEqual(full.terms);
    expect(relativeError(coarse.terms, full.terms)).toBeLessThan(0.05);
    expect(await gradient(false, 'coarse')).toEqual(await gradient(false, 'full'));
  });
});

describe('the profile of the CPU', () => {
  it('takes coarse products where the processor multiplies bytes exactly', async () => {
    expect((await cpuProfile()).roundsCoarse).toBe(await multipliesBytesExactly());
  });

  it('takes none where all products are asked for in full', async () => {
    vi.stubEnv('SEAMFIELD_PRODUCTS', 'full');
    vi.resetModules();
    const { cpuProfile: asked } = await import('./providers/cpu-profile.ts');
    expect((await asked()).roundsCoarse).toBe(false);
    vi.unstubAllEnvs();
  });
});
