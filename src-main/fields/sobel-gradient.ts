import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import type { Raster } from './raster.ts';

/**
 * The 3×3 Sobel operator divided by 8, at pixel centres, each channel by itself, border pixels replicated.
 *
 * Pixels are subtracted in pairs before they are weighed, so that a constant cancels to the last bit.
 */
export function sobelGradient({ width, height, channels, data }: Raster): GradientField {
  const scale = pixelsPerUnit({ width, height }) / 8;
  const dx = new Float64Array(data.length);
  const dy = new Float64Array(data.length);
  for (let c = 0; c < channels; c++) {
    const plane = c * height * width;
    for (let y = 0; y < height; y++) {
      const here = plane + y * width;
      const above = plane + Math.max(y - 1, 0) * width;
      const below = plane + Math.min(y + 1, height - 1) * width;
      for (let x = 0; x < width; x++) {
        const west = Math.max(x - 1, 0);
        const east = Math.min(x + 1, width - 1);
        dx[here + x] =
          scale *
          (data[above + east]! -
            data[above + west]! +
            2 * (data[here + east]! - data[here + west]!) +
            (data[below + east]! - data[below + west]!));
        dy[here + x] =
          scale *
          (data[below + west]! -
            data[above + west]! +
            2 * (data[below + x]! - data[above + x]!) +
            (data[below + east]! - data[above + east]!));
      }
    }
  }
  return { kind: 'gradient', operator: 'sobel', width, height, channels, dx, dy };
}
