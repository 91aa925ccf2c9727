import type { LinearImage } from '../../../src-shared/model/image.ts';
import { average, gradientOf } from '../../fields/index.ts';
import { decodeImage } from '../../imaging/decode.ts';
import { resizeImageTo, sizeWithin } from '../../imaging/resample.ts';
import type { FuseTask } from '../tasks.ts';
import { inColour } from './inputs/channels.ts';
import { centreCrop, largestOfShape } from './clone/crop.ts';
import { defaultSize } from './inputs/load.ts';
import type { Problem } from './problem.ts';

/**
 * The blend α·∇A + (1-α)·∇B over A's whole frame.
 *
 * A B of another shape is cropped about its centre to A's, and both are brought to one size, neither enlarged.
 */
export async function fuse(signal: AbortSignal, task: FuseTask): Promise<Problem> {
  const { alpha: share, size: wish = defaultSize, operator = 'staggered', encoding = 'srgb' } = task;
  const [a, wholeB] = await Promise.all(
    [task.a, task.b].map(({ path, name }) => decodeImage(signal, { path }, { name, encoding })),
  );
  const shape = largestOfShape(wholeB!, a!);
  const isCropped = shape.width !== wholeB!.width || shape.height !== wholeB!.height;
  const b = centreCrop(wholeB!, shape);
  const size = sizeWithin(a!, Math.min(wish, Math.max(b.width, b.height)));
  const [first, second] = await Promise.all([a!, b].map((image) => resizeImageTo(signal, image, size)));
  const [imageA, imageB] = inColour(first!, second!);
  const { width, height, channels, alpha } = imageA;
  const blend = Float32Array.from(imageA.data, (value, i) => share * value + (1 - share) * imageB.data[i]!);
  return {
    width,
    height,
    guidance: { field: average(gradientOf(imageA, operator), gradientOf(imageB, operator), share) },
    reference: { width, height, channels, data: blend },
    fused: { first: imageA, second: imageB },
    referenceIsTruth: true,
    encoding,
    bitDepth: bitDepthOf(imageA, imageB),
    ...(alpha && { alpha }),
    notes: isCropped
      ? [
          `${task.b.name} has another shape than ${task.a.name} and was cropped about its centre to ${shape.width}×${shape.height}.`,
        ]
      : [],
  };
}

function bitDepthOf(a: LinearImage, b: LinearImage): 8 | 16 {
  return Math.max(a.bitDepth, b.bitDepth) === 16 ? 16 : 8;
}
