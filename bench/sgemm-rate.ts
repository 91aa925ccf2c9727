/**
 * What a machine can do at most: onnxruntime's own rate of matrix products, the yardstick of the training step.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

import { GraphBuilder } from '../src-main/onnx/graph-builder.ts';
import { Random } from '../src-main/siren/random.ts';
import { perSecond } from './per-second.ts';

/** Products in a chain: enough that entering and leaving a run costs nothing. */
const LENGTH = 16;

function uniform(length: number, bound: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => random.uniform(-bound, bound));
}

/** x·W₁·W₂·…, x [rows, width], each W [width, width] and scaled so that the norm stays. */
function chain(rows: number, width: number): Uint8Array {
  const graph = new GraphBuilder();
  let ref = graph.input('x', [rows, width]);
  for (let k = 0; k < LENGTH; k++) {
    const data = uniform(width * width, Math.sqrt(3 / width), k);
    const weights = graph.initializer(`W${k}`, { type: 'float32', dims: [width, width], data });
    ref = graph.op('MatMul', [ref, weights]);
  }
  graph.output('y', ref, [rows, width]);
  return graph.toBytes('chain');
}

/**
 * GFLOP/s of a chain of MatMuls with constant square weights, which the runtime packs in advance: the fastest
 * matrix products it has, on all threads at once.
 *
 * @param seconds how long it is measured, warm-up aside
 */
export async function sgemmRate(
  rows: number,
  width: number,
  threads: number,
  seconds: number,
): Promise<number> {
  const session = await InferenceSession.create(chain(rows, width), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const feeds = { x: new Tensor('float32', uniform(rows * width, 1, 99), [rows, width]) };
  const fetches = { y: new Tensor('float32', new Float32Array(rows * width), [rows, width]) };
  const rate = await perSecond(seconds, async () => {
    await session.run(feeds, fetches);
    return 1;
  });
  await session.release();
  return (rate * LENGTH * 2 * rows * width * width) / 1e9;
}
