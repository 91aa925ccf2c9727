import type { PlaneTransform } from '../transform/plane-transform.ts';
import { waveNumber } from '../transform/spectral.ts';

/**
 * Replaces a plane f by the mean-free u with Δu = f, Δ the 5-point Laplacian (in pixels) without flux across the
 * plane's edges. The mean of f, which no u has, is left out.
 */
export function divideByLaplacian(plane: Float64Array, transform: PlaneTransform): void {
  const { width, height } = transform;
  const eigenvalues = (n: number): Float64Array =>
    Float64Array.from({ length: n }, (_, k) => -4 * Math.sin(waveNumber(k, n) / 2) ** 2);
  const alongX = eigenvalues(width);
  const alongY = eigenvalues(height);
  transform.analyse(plane, 'cosine', 'cosine');
  for (let l = 0; l < height; l++) {
    for (let k = 0; k < width; k++) plane[l * width + k]! /= alongX[k]! + alongY[l]!;
  }
  plane[0] = 0;
  transform.synthesise(plane, 'cosine', 'cosine');
}
