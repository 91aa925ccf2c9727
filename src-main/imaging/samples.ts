import type { Placement, Size } from '../../src-shared/model/image.ts';

/**
 * An image as whole numbers, exactly as a file holds them: interleaved [height, width, channels], row-major.
 *
 * Channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. Alpha is straight. 8-bit samples in a
 * Uint8Array, 16-bit ones in a Uint16Array, full scale either way; colours are sRGB-encoded.
 */
export interface Samples extends Size {
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array | Uint16Array;
}

/** The value of a sample that stands for 1. */
export function fullScale(data: Uint8Array | Uint16Array): 255 | 65535 {
  return data instanceof Uint8Array ? 255 : 65535;
}

/** The samples under a rectangle within an image. */
export function cutSamples(
  { width: stride, channels, data }: Samples,
  { x, y, width, height }: Placement & Size,
): Samples {
  const count = width * channels;
  const cut = data instanceof Uint8Array ? new Uint8Array(height * count) : new Uint16Array(height * count);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * stride + x) * channels;
    cut.set(data.subarray(from, from + count), row * count);
  }
  return { width, height, channels, data: cut };
}
