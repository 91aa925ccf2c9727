import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import type { Raster } from './raster.ts';

/**
 * Forward differences of neighbouring pixels, standing between them; see `GradientField` for the layout. In units of
 * the image's own domain, or of one with another number of pixels per unit.
 */
export function staggeredGradient(image: Raster, perUnit = pixelsPerUnit(image)): GradientField {
  const { width, height, channels, data } = image;
  const dx = new Float64Array(data.length);
  const dy = new Float64Array(data.length);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const row = (c * height + y) * width;
      for (let i = row; i < row + width - 1; i++) dx[i] = (data[i + 1]! - data[i]!) * perUnit;
      if (y === height - 1) continue;
      for (let i = row; i < row + width; i++) dy[i] = (data[i + width]! - data[i]!) * perUnit;
    }
  }
  return { kind: 'gradient', operator: 'staggered', width, height, channels, dx, dy };
}
