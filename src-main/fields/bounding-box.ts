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
    let first = from;
    while (first < to && !(plane[row + first]! > 0)) first++;
    if (first >= to) continue;
    let last = to - 1;
    while (!(plane[row + last]! > 0)) last--;
    left = Math.min(left, first);
    right = Math.max(right, last);
    if (top < 0) top = y;
    bottom = y;
  }
  return top < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
