import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { Operator } from '../../src-shared/model/field.ts';
import { laplacianOf } from './laplacian.ts';
import type { Raster } from './raster.ts';
import { sobelGradient } from './sobel-gradient.ts';
import { evenExtensionGradient } from './spectral-gradient.ts';
import { waveNumber } from './transform/spectral.ts';

/** dx, dy and Laplacian at pixel centres, planar [channels, height, width], in units of the domain. */
export interface Derivatives {
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly laplacian: Float64Array;
}

/**
 * A photograph's derivatives at every pixel's centre, for the eye and for comparison with a network's.
 *
 * - `spectral` (the default): of the even extension's cosine series.
 * - `staggered`: the differences across one pixel about its centre, read off the same series between the pixels
 *   (2·sin(k/2) for each wave): what a network trained on the staggered field has at the centres. The Laplacian is
 *   the 5-point one, the border replicated.
 * - `sobel`: Sobel's operator, and the 5-point Laplacian likewise.
 */
export function derivativesOf(image: Raster, operator: Operator = 'spectral'): Derivatives {
  if (operator === 'spectral') {
    return {
      ...evenExtensionGradient(image, waveNumber),
      laplacian: laplacianOf(image, operator).laplacian,
    };
  }
  const laplacian = replicatedLaplacian(image);
  if (operator === 'sobel') {
    const { dx, dy } = sobelGradient(image);
    return { dx, dy, laplacian };
  }
  return { ...evenExtensionGradient(image, (k, n) => 2 * Math.sin(waveNumber(k, n) / 2)), laplacian };
}

/** √(dx² + dy²), for each channel. */
export function magnitudeOf({ dx, dy }: Pick<Derivatives, 'dx' | 'dy'>): Float64Array {
  return dx.map((x, i) => Math.hypot(x, dy[i]!));
}

/** The angle of (dx, dy) in radians, −π…π, 0 along +x and ½π along +y (downwards), for each channel. */
export function directionOf({ dx, dy }: Pick<Derivatives, 'dx' | 'dy'>): Float64Array {
  return dx.map((x, i) => Math.atan2(dy[i]!, x));
}

function replicatedLaplacian({ width, height, channels, data }: Raster): Float64Array {
  const perSquaredUnit = pixelsPerUnit({ width, height }) ** 2;
  const out = new Float64Array(data.length);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const row = (c * height + y) * width;
      const up = y > 0 ? -width : 0;
      const down = y < height - 1 ? width : 0;
      for (let x = 0; x < width; x++) {
        const i = row + x;
        const here = data[i]!;
        const alongX = data[i + (x < width - 1 ? 1 : 0)]! - here + (data[i - (x > 0 ? 1 : 0)]! - here);
        out[i] = (alongX + (data[i + down]! - here + (data[i + up]! - here))) * perSquaredUnit;
      }
    }
  }
  return out;
}
