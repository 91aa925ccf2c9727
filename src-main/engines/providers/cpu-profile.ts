import { InferenceSession, Tensor } from 'onnxruntime-node';

import { GraphBuilder } from '../../onnx/graph-builder.ts';
import { CoarseProducts } from '../coarse-products.ts';
import { profiles } from './profile.ts';
import type { ProviderProfile } from './profile.ts';

/** Rows, terms and columns of the product that is tried: as large as the kernels' blocks. */
const N = 64;

/**
 * Whether onnxruntime multiplies 8-bit factors without error on this processor. On an x86 without VNNI it adds pairs
 * of products in 16 bits, which saturate; those with VNNI, and ARM, are right, and the ones that gain by it.
 */
export async function multipliesBytesExactly(): Promise<boolean> {
  const graph = new GraphBuilder();
  const [a, b] = [graph.input('a', [N, N]), graph.input('b', [N, N])];
  graph.output('product', new CoarseProducts(graph).gemm(a, b), [N, N]);
  const session = await InferenceSession.create(graph.toBytes('bytes'), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
  });
  try {
    // Whole numbers over the full range of their 8 bits, so that rounding leaves them as they are.
    const first = Float32Array.from({ length: N * N }, (_, i) => (i === 0 ? 0 : 255));
    const second = Float32Array.from({ length: N * N }, (_, i) => (i % N < N / 2 ? 127 : -128));
    const { product } = await session.run({
      a: new Tensor('float32', first, [N, N]),
      b: new Tensor('float32', second, [N, N]),
    });
    return (product!.data as Float32Array).every((value, i) => {
      const terms = i < N ? N - 1 : N;
      return value === terms * 255 * second[i % N]!;
    });
  } finally {
    await session.release();
  }
}

let known: Promise<ProviderProfile> | undefined;

/**
 * The CPU's profile on this machine; looked for once. `SEAMFIELD_PRODUCTS=full` keeps every product in float32.
 */
export function cpuProfile(): Promise<ProviderProfile> {
  known ??= (async () => {
    const isAsked = process.env['SEAMFIELD_PRODUCTS'] !== 'full';
    const roundsCoarse = isAsked && (await multipliesBytesExactly().catch(() => false));
    return { ...profiles.cpu, roundsCoarse };
  })();
  return known;
}
