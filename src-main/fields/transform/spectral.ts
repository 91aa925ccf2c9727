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
  const plane = new Float64Array(size);
  for (let i = 0; i < size; i++) plane[i] = pixels[i]! - first;
  transform.analyse(plane, 'cosine', 'cosine');
  plane[0] = 0;
  return plane;
}

/** The wave number of the k-th of `n` waves, in radians a pixel. */
export function waveNumber(k: number, n: number): number {
  return (Math.PI * k) / n;
}

/** `factor(k)` for each of a side's `n` waves. */
export function waveFactors(n: number, factor: (k: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => factor(k));
}

/** A copy of `coefficients`, wave (k, l) of them times alongX[k] + alongY[l]. */
export function scaled(coefficients: Float64Array, alongX: Float64Array, alongY: Float64Array): Float64Array {
  const out = new Float64Array(coefficients.length);
  const width = alongX.length;
  for (let l = 0; l < alongY.length; l++) {
    const row = l * width;
    for (let k = 0; k < width; k++) out[row + k] = coefficients[row + k]! * (alongX[k]! + alongY[l]!);
  }
  return out;
}

/** Divides wave (k, l) by alongX[k] + alongY[l], in place, and leaves the mean, which has no wave, 0. */
export function divide(coefficients: Float64Array, alongX: Float64Array, alongY: Float64Array): void {
  const width = alongX.length;
  for (let l = 0; l < alongY.length; l++) {
    const row = l * width;
    for (let k = 0; k < width; k++) coefficients[row + k]! /= alongX[k]! + alongY[l]!;
  }
  coefficients[0] = 0;
}
