import type { ColorEncoding, Size } from '../../../../src-shared/model/image.ts';
import type { TargetPart } from '../../../fields/index.ts';
import { imageFromSamples } from '../../../imaging/decode.ts';
import { cutSamples, type Samples } from '../../../imaging/samples.ts';

/** Pixels of a strip: some 50 ms of work, so that messages and cancellations get through. */
const pixelsPerStrip = 2 ** 17;

export function rowsPerStrip({ width }: Size): number {
  return Math.max(1, Math.floor(pixelsPerStrip / width));
}

/** Parts of a target as real numbers, one at a time, so that the whole is never there as such. */
export function partOf(target: Samples, encoding: ColorEncoding): TargetPart {
  return (rectangle) => imageFromSamples(cutSamples(target, rectangle), encoding);
}
