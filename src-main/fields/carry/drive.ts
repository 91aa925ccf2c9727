import type { GradientField } from '../../../src-shared/model/field.ts';
import type { Raster } from '../raster.ts';

/**
 * The right-hand side of the full-resolution equation, Σ over a pixel's neighbours j of (R − R_j) = −Σ g_j, with the
 * target's values outside the region taken to it: planar [channels, rows, width]; 0 outside the region.
 *
 * @param target,field,inside of the rows and one more on each side, as far as there are any
 * @param perPixel image values to a difference of one unit of the field
 * @param from,to rows of the target
 */
export function driveOf(
  { width, height, channels, data }: Raster,
  { dx, dy }: GradientField,
  inside: Uint8Array,
  perPixel: number,
  from: number,
  to: number,
): Float32Array {
  const plane = width * height;
  const count = (to - from) * width;
  const out = new Float32Array(channels * count);
  for (let c = 0; c < channels; c++) {
    for (let y = from; y < to; y++) {
      const [isFirst, isLast] = [y === 0, y === height - 1];
      for (let x = 0, i = y * width; x < width; x++, i++) {
        if (inside[i] === 0) continue;
        const at = c * plane + i;
        let flux = 0;
        let held = 0;
        if (x > 0) {
          flux += dx[at - 1]!;
          if (inside[i - 1] === 0) held += data[at - 1]!;
        }
        if (x < width - 1) {
          flux -= dx[at]!;
          if (inside[i + 1] === 0) held += data[at + 1]!;
        }
        if (!isFirst) {
          flux += dy[at - width]!;
          if (inside[i - width] === 0) held += data[at - width]!;
        }
        if (!isLast) {
          flux -= dy[at]!;
          if (inside[i + width] === 0) held += data[at + width]!;
        }
        out[c * count + (y - from) * width + x] = flux * perPixel + held;
      }
    }
  }
  return out;
}
