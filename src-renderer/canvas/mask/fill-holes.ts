import type { MaskRaster } from './mask-raster.ts';
import { isEmpty, nowhere, type Rectangle } from './rectangle.ts';

/**
 * Covers what the mask encloses.
 *
 * In grey as in black and white: a pixel gets the value of the lowest pass on any way out of the picture, steps going
 * through sides of pixels, so that every level set has its holes filled. The way is found by flooding from outside,
 * lowest pixels first (Barnes, Lehman and Mulla, Priority-Flood, 2014), with a queue for each of the 256 values.
 */
export function fillHoles(mask: MaskRaster): Rectangle {
  const part = mask.bounds();
  if (isEmpty(part)) return nowhere;
  const { width, height } = part;
  const values = mask.read(part);
  const reached = new Uint8Array(values.length);
  /** The first pixel in each queue, and the one after each pixel. */
  const first = new Int32Array(256).fill(-1);
  const after = new Int32Array(values.length);
  let level = 0;
  const reach = (pixel: number) => {
    if (reached[pixel] !== 0) return;
    reached[pixel] = 1;
    const value = Math.max(values[pixel]!, level);
    values[pixel] = value;
    after[pixel] = first[value]!;
    first[value] = pixel;
  };
  for (let x = 0; x < width; x++) {
    reach(x);
    reach((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    reach(y * width);
    reach(y * width + width - 1);
  }
  for (; level < 256; level++) {
    for (let pixel = first[level]!; pixel >= 0; pixel = first[level]!) {
      first[level] = after[pixel]!;
      const x = pixel % width;
      if (x > 0) reach(pixel - 1);
      if (x + 1 < width) reach(pixel + 1);
      if (pixel >= width) reach(pixel - width);
      if (pixel + width < values.length) reach(pixel + width);
    }
  }
  return mask.write(part, values);
}
