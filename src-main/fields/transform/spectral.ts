import type { Raster } from '../raster.ts';
import type { PlaneTransform } from './plane-transform.ts';

/**
 * The cosine coefficients of one channel, [height, width], without the mean.
 *
 * The channel's first pixel is taken off before anything is rounded, so that a constant cancels to the last bit.
 */
export function coefficientsOf(image: Raster, channel: number, transform: PlaneTransform): Float64Array {
  const size = image.width * image.height;
  const pixels = image.data.subarray(channel * size, (channel + 1) * size);
  const first = pixels[0]!;
  const plane = Float64Array.from(pixels, (value) => value - first);
  transform.analyse(plane, 'cosine', 'cosine');
  plane[0] = 0;
  return plane;
}

/** The wave number of the k-th of `n` waves, in radians a pixel. */
export function waveNumber(k: number, n: number): number {
  return (Math.PI * k) / n;
}

/** A copy of `coefficients`, [height, width], each times `factor(k, l)`. */
export function scaled(
  coefficients: Float64Array,
  width: number,
  factor: (k: number, l: number) => number,
): Float64Array {
  return coefficients.map((value, i) => value * factor(i % width, Math.floor(i / width)));
}
