import { InferenceSession, Tensor } from 'onnxruntime-node';

import { coordinateOf } from '../../src-shared/model/coordinates.ts';
import type { ModelCheck } from '../../src-shared/model/inspection.ts';
import { describe } from '../onnx/model-metadata.ts';
import { jetsAt } from '../siren/jet-at.ts';
import type { SirenModel } from '../siren/model.ts';
import { Random } from '../siren/random.ts';
import { parameterCount } from '../siren/spec.ts';

/** As many points as plain float64 loops evaluate in about a second, whatever the network's size. */
function pointsFor(parameters: number): number {
  return Math.min(256, Math.max(8, Math.floor(5e7 / parameters)));
}

/** What a chain of float32 products may differ from float64 by, relative to the largest value; second derivatives lose most. */
const tolerance = { rgb: 1e-3, dx: 1e-3, dy: 1e-3, laplacian: 1e-2 } as const;

/**
 * Opens an exported network in onnxruntime, as anybody's program would, and compares its outputs at points all over
 * the picture with float64 jets of the network that was exported. Throws what onnxruntime throws at a file it
 * can't open.
 */
export async function checkModel(bytes: Uint8Array, model: SirenModel): Promise<ModelCheck> {
  const { spec, parameters, size } = model;
  const points = pointsFor(parameterCount(spec));
  const random = new Random(1);
  const at = (n: number) => coordinateOf(random.uniform(-0.5, n - 0.5), n, size);
  const coords = Float32Array.from({ length: 2 * points }, (_, i) =>
    at(i % 2 === 0 ? size.width : size.height),
  );
  const session = await InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: 1 });
  try {
    const found = await session.run({ coords: new Tensor('float32', coords, [points, 2]) });
    const { value: rgb, dx, dy, laplacian } = jetsAt(spec, parameters, [...coords]);
    const expected = { rgb, dx, dy, laplacian };
    const difference = (name: keyof typeof expected) =>
      relativeDifference(found[name]?.data as Float32Array | undefined, expected[name]);
    const differences = {
      rgb: difference('rgb'),
      dx: difference('dx'),
      dy: difference('dy'),
      laplacian: difference('laplacian'),
    };
    const names = Object.keys(tolerance) as (keyof typeof tolerance)[];
    return {
      card: describe(model),
      bytes: bytes.length,
      parameters: parameterCount(spec),
      points,
      differences,
      agrees: names.every((name) => differences[name] <= tolerance[name]),
    };
  } finally {
    await session.release();
  }
}

/** The largest |a − b| over the largest |b|; 1e300 where a is missing, or is no number somewhere. */
function relativeDifference(a: Float32Array | undefined, b: Float64Array): number {
  if (a?.length !== b.length) return 1e300;
  let largest = 0;
  let scale = 0;
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (Number.isNaN(difference)) return 1e300;
    largest = Math.max(largest, difference);
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return scale > 0 ? largest / scale : largest;
}
