import type { GradientField, Operator } from '../../src-shared/model/field.ts';
import type { Raster } from './raster.ts';
import { sobelGradient } from './sobel-gradient.ts';
import { evenExtensionGradient } from './spectral-gradient.ts';
import { staggeredGradient } from './staggered-gradient.ts';
import { waveNumber } from './transform/spectral.ts';

/**
 * dx and dy of an image, in image values per unit of the domain.
 *
 * Adding a constant to the image leaves the result as it was: to the last bit where the sum itself is exact.
 */
export function gradientOf(image: Raster, operator: Operator): GradientField {
  switch (operator) {
    case 'staggered':
      return staggeredGradient(image);
    case 'sobel':
      return sobelGradient(image);
    case 'spectral': {
      const { width, height, channels } = image;
      const { dx, dy } = evenExtensionGradient(image, waveNumber);
      return { kind: 'gradient', operator, width, height, channels, dx, dy };
    }
  }
}
