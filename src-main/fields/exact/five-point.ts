import type { PlaneTransform } from '../transform/plane-transform.ts';
import { divide, waveFactors, waveNumber } from '../transform/spectral.ts';

/**
 * Replaces a plane f by the mean-free u with Δu = f, Δ the 5-point Laplacian (in pixels) without flux across the
 * plane's edges. The mean of f, which no u has, is left out.
 */
export function divideByLaplacian(plane: Float64Array, transform: PlaneTransform): void {
  const { width, height } = transform;
  const eigenvalues = (n: number): Float64Array =>
    waveFactors(n, (k) => -4 * Math.sin(waveNumber(k, n) / 2) ** 2);
  transform.analyse(plane, 'cosine', 'cosine');
  divide(plane, eigenvalues(width), eigenvalues(height));
  transform.synthesise(plane, 'cosine', 'cosine');
}
