import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { Size } from '../../../../src-shared/model/image.ts';
import { defaultMaxPixels } from '../../../imaging/inspect.ts';

/** A size times a scale, to the nearest pixel. Throws `bad-option` where that is more than can be written. */
export function scaledSize({ width, height }: Size, scale: number): Size {
  const side = (n: number) => Math.max(1, Math.round(n * scale));
  const size = { width: side(width), height: side(height) };
  if (size.width * size.height > defaultMaxPixels) {
    throw new SeamfieldError(
      'bad-option',
      `A scale of ${scale} would make ${size.width}×${size.height} pixels, above the limit of ` +
        `${defaultMaxPixels / 1e6} megapixels; choose a smaller one.`,
    );
  }
  return size;
}
