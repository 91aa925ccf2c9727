import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import { differences } from './differences.ts';
import type { Raster, Rectangle } from './raster.ts';

/**
 * Forward differences of neighbouring pixels, standing between them; see `GradientField` for the layout. Of the whole
 * image, or of the part under `within` in units of that part's own domain.
 */
export function staggeredGradient(
  image: Raster,
  within: Rectangle = { x: 0, y: 0, width: image.width, height: image.height },
): GradientField {
  const { channels, data } = image;
  const { width, height } = within;
  const perUnit = pixelsPerUnit(within);
  const dx = new Float64Array(channels * width * height);
  const dy = new Float64Array(channels * width * height);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const from = (c * image.height + within.y + y) * image.width + within.x;
      const to = (c * height + y) * width;
      differences(data, from, 1, width - 1, perUnit, dx, to);
      if (y < height - 1) differences(data, from, image.width, width, perUnit, dy, to);
    }
  }
  return { kind: 'gradient', operator: 'staggered', width, height, channels, dx, dy };
}
