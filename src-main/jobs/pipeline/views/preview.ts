import type { RawView } from '../../answers.ts';
import type { Grid, GridValues } from '../network.ts';
import type { Size } from '../../../../src-shared/model/image.ts';

/**
 * Every nth pixel centre, the first and the last of a side included.
 *
 * @param most about so many pixels at most: between them it is interpolated
 */
export function previewGrid({ width, height }: Size, most: number): Grid {
  const stride = Math.max(1, Math.sqrt((width * height) / most));
  const samples = (n: number) => (n === 1 ? 1 : Math.min(n, Math.max(2, Math.round(n / stride))));
  const [columns, rows] = [samples(width), samples(height)];
  const place = (i: number, count: number, n: number) =>
    count === 1 ? 0 : Math.round((i * (n - 1)) / (count - 1));
  return { columns, rows, x: (i) => place(i, columns, width), y: (j) => place(j, rows, height) };
}

/** A grid's values spread over all pixels, bilinear between the grid's, the constant added. */
export function spread(
  { value }: GridValues,
  grid: Grid,
  { width, height }: Size,
  constant: readonly number[],
): RawView {
  const { columns, rows } = grid;
  const across = Array.from({ length: columns }, (_, i) => grid.x(i));
  const down = Array.from({ length: rows }, (_, j) => grid.y(j));
  const alongX = betweenOf(across, width);
  const alongY = betweenOf(down, height);
  const data = new Float32Array(constant.length * width * height);
  constant.forEach((offset, c) => {
    const plane = c * columns * rows;
    for (let y = 0; y < height; y++) {
      const top = plane + alongY.first[y]! * columns;
      const bottom = plane + alongY.next[y]! * columns;
      const v = alongY.share[y]!;
      const row = (c * height + y) * width;
      for (let x = 0; x < width; x++) {
        const [left, right, u] = [alongX.first[x]!, alongX.next[x]!, alongX.share[x]!];
        const upper = (1 - u) * value[top + left]! + u * value[top + right]!;
        const lower = (1 - u) * value[bottom + left]! + u * value[bottom + right]!;
        data[row + x] = (1 - v) * upper + v * lower + offset;
      }
    }
  });
  return { width, height, channels: constant.length === 1 ? 1 : 3, data };
}

/** For each of n pixels: the places before and after it, and the share of the latter. */
function betweenOf(
  places: readonly number[],
  n: number,
): { first: Int32Array; next: Int32Array; share: Float32Array } {
  const first = new Int32Array(n);
  const next = new Int32Array(n);
  const share = new Float32Array(n);
  let k = 0;
  for (let i = 0; i < n; i++) {
    while (k + 1 < places.length && places[k + 1]! <= i) k++;
    const after = Math.min(k + 1, places.length - 1);
    first[i] = k;
    next[i] = after;
    const span = places[after]! - places[k]!;
    share[i] = span > 0 ? (i - places[k]!) / span : 0;
  }
  return { first, next, share };
}
