import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import type { Raster } from './raster.ts';
import { PlaneTransform } from './transform/plane-transform.ts';
import { coefficientsOf, scaled, waveFactors } from './transform/spectral.ts';

/**
 * The derivatives at pixel centres of the image's even extension, each cosine of k half-waves along n pixels
 * multiplied by `multiplier(k, n)`, radians a pixel: πk/n is the derivative itself.
 */
export function evenExtensionGradient(
  image: Raster,
  multiplier: (k: number, n: number) => number,
): Pick<GradientField, 'dx' | 'dy'> {
  const { width, height, channels, data } = image;
  const perUnit = pixelsPerUnit(image);
  const transform = new PlaneTransform(width, height);
  const dx = new Float64Array(data.length);
  const dy = new Float64Array(data.length);
  const byColumn = waveFactors(width, (k) => -perUnit * multiplier(k, width));
  const byRow = waveFactors(height, (l) => -perUnit * multiplier(l, height));
  for (let c = 0; c < channels; c++) {
    const coefficients = coefficientsOf(image, c, transform);
    const alongX = scaled(coefficients, byColumn, new Float64Array(height));
    const alongY = scaled(coefficients, new Float64Array(width), byRow);
    transform.synthesise(alongX, 'sine', 'cosine');
    transform.synthesise(alongY, 'cosine', 'sine');
    dx.set(alongX, c * width * height);
    dy.set(alongY, c * width * height);
  }
  return { dx, dy };
}
