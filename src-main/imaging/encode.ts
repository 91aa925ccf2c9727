import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ChannelCount, ColorEncoding, Size } from '../../src-shared/model/image.ts';
import { linearToSrgb } from '../../src-shared/model/transfer.ts';
import type { Samples } from './samples.ts';

/** What can be written: planar real numbers [channels, height, width], straight alpha [height, width] if any. */
export interface EncodableImage extends Size {
  readonly channels: ChannelCount;
  readonly encoding: ColorEncoding;
  readonly data: Float32Array | Float64Array;
  readonly alpha?: Float32Array | Float64Array;
}

/**
 * An image as samples of 8 or 16 bits, alpha last: values cut to 0…1 and rounded to the nearest sample, NaN becomes 0. A
 * `linear` image is sRGB-encoded on the way. Throws `size-mismatch` for another number of values than its size says.
 */
export function samplesFromImage(image: EncodableImage, bitDepth: 8 | 16): Samples {
  const { width, height, channels: colours, data, alpha, encoding } = image;
  const count = width * height;
  if (data.length !== colours * count || (alpha !== undefined && alpha.length !== count)) {
    throw new SeamfieldError(
      'size-mismatch',
      `An image of ${width}×${height} with ${colours} channels can't have ${data.length} values.`,
    );
  }
  const channels = (colours + (alpha === undefined ? 0 : 1)) as Samples['channels'];
  const stored = bitDepth === 8 ? new Uint8Array(channels * count) : new Uint16Array(channels * count);
  const max = bitDepth === 8 ? 255 : 65535;
  for (let c = 0; c < colours; c++) {
    for (let i = 0; i < count; i++) {
      const value = data[c * count + i]!;
      stored[i * channels + c] = quantise(encoding === 'linear' ? linearToSrgb(value) : value, max);
    }
  }
  if (alpha !== undefined) {
    for (let i = 0; i < count; i++) stored[i * channels + colours] = quantise(alpha[i]!, max);
  }
  return { width, height, channels, data: stored };
}

/** The sample nearest to a value cut to 0…1, NaN counting as 0; `max` stands for 1. */
export function quantise(value: number, max: number): number {
  if (!(value > 0)) return 0;
  return value >= 1 ? max : Math.round(value * max);
}
