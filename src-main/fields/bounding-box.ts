import type { Rectangle } from './raster.ts';

/** The smallest rectangle around the values above 0 of a plane [height, width], or of the part of it `within`. */
export function boundingBox(
  plane: ArrayLike<number>,
  width: number,
  height: number,
  within: Rectangle = { x: 0, y: 0, width, height },
): Rectangle | undefined {
  const from = Math.max(0, within.x);
  const to = Math.min(width, within.x + within.width);
  let left = to;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = Math.max(0, within.y); y < Math.min(height, within.y + within.height); y++) {
    const row = y * width;
    const first = firstPositive(plane, row + from, row + to) - row;
    if (first >= to) continue;
    left = Math.min(left, first);
    right = Math.max(right, lastPositive(plane, row + to) - row);
    if (top < 0) top = y;
    bottom = y;
  }
  return top < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The first index from `from` on whose value is above 0; `to` where there is none before it. */
function firstPositive(values: ArrayLike<number>, from: number, to: number): number {
  let i = from;
  while (i < to && !(values[i]! > 0)) i++;
  return i;
}

/** The last index before `to` whose value is above 0. There must be one. */
function lastPositive(values: ArrayLike<number>, to: number): number {
  let i = to - 1;
  while (!(values[i]! > 0)) i--;
  return i;
}
