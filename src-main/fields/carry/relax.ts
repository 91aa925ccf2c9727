import type { Size } from '../../../src-shared/model/image.ts';

/**
 * One red-black Gauss–Seidel sweep of Σ over a pixel's neighbours j of (R − R_j) = drive over a region, in place: what
 * varies from pixel to pixel comes right, what is smooth stays as it was.
 *
 * @param values,drive [height, width]; outside the region `drive` holds the target's values already
 */
export function relax(values: Float32Array, drive: Float32Array, inside: Uint8Array, size: Size): void {
  for (let colour = 0; colour < 2; colour++) {
    for (let y = 0; y < size.height; y++) relaxRow(values, drive, inside, size, y, (y + colour) & 1);
  }
}

function relaxRow(
  values: Float32Array,
  drive: Float32Array,
  inside: Uint8Array,
  { width, height }: Size,
  y: number,
  start: number,
): void {
  const [hasNorth, hasSouth] = [y > 0, y < height - 1];
  for (let x = start, i = y * width + start; x < width; x += 2, i += 2) {
    if (inside[i] === 0) continue;
    let sum = drive[i]!;
    let count = 0;
    if (x > 0) {
      count++;
      if (inside[i - 1] !== 0) sum += values[i - 1]!;
    }
    if (x < width - 1) {
      count++;
      if (inside[i + 1] !== 0) sum += values[i + 1]!;
    }
    if (hasNorth) {
      count++;
      if (inside[i - width] !== 0) sum += values[i - width]!;
    }
    if (hasSouth) {
      count++;
      if (inside[i + width] !== 0) sum += values[i + width]!;
    }
    values[i] = sum / count;
  }
}
