import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';
import type { GradientField, LaplacianField } from '../../../src-shared/model/field.ts';
import { PlaneTransform } from '../transform/plane-transform.ts';
import { divide, waveFactors, waveNumber } from '../transform/spectral.ts';

/**
 * The cosine series whose gradient at the pixel centres is nearest to a field given there: for each wave,
 * u = −(k·gx + l·gy)/(k² + l²) with gx in sines along x and gy in sines along y (Frankot and Chellappa 1988, on the
 * even extension). Planar, in image values, mean 0 in each channel.
 */
export function spectralGradientSolution(field: GradientField): Float64Array {
  const { width, height, channels } = field;
  const perUnit = pixelsPerUnit(field);
  const transform = new PlaneTransform(width, height);
  const alongX = waveFactors(width, (k) => perUnit * waveNumber(k, width));
  const alongY = waveFactors(height, (l) => perUnit * waveNumber(l, height));
  const out = new Float64Array(field.dx.length);
  for (let c = 0; c < channels; c++) {
    const begin = c * width * height;
    const end = begin + width * height;
    const plane = out.subarray(begin, end);
    const gx = field.dx.slice(begin, end);
    const gy = field.dy.slice(begin, end);
    transform.analyse(gx, 'sine', 'cosine');
    transform.analyse(gy, 'cosine', 'sine');
    for (let y = 0; y < height; y++) {
      const l = alongY[y]!;
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const k = alongX[x]!;
        plane[i] = -(k * gx[i]! + l * gy[i]!) / (k * k + l * l);
      }
    }
    plane[0] = 0;
    transform.synthesise(plane, 'cosine', 'cosine');
  }
  return out;
}

/** The cosine series with the given Laplacian at the pixel centres. Planar, in image values, mean 0 in each channel. */
export function spectralLaplacianSolution(field: LaplacianField): Float64Array {
  const { width, height, channels } = field;
  const perUnit = pixelsPerUnit(field);
  const transform = new PlaneTransform(width, height);
  const eigenvalues = (n: number): Float64Array =>
    waveFactors(n, (k) => -((perUnit * waveNumber(k, n)) ** 2));
  const out = field.laplacian.slice();
  for (let c = 0; c < channels; c++) {
    const plane = out.subarray(c * width * height, (c + 1) * width * height);
    transform.analyse(plane, 'cosine', 'cosine');
    divide(plane, eigenvalues(width), eigenvalues(height));
    transform.synthesise(plane, 'cosine', 'cosine');
  }
  return out;
}
