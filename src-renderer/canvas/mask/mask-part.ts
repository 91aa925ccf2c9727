import { partAtLevel, type MaskLevel } from './mask-levels.ts';
import { intersection, type Rectangle } from './rectangle.ts';

/** A part of a mask, each of its pixels on `step` × `step` of the mask's. */
export interface MaskPart extends Rectangle {
  readonly step: number;
  /** Row-major, width·height bytes. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * A level of a mask within `bounds` and two of its pixels around them, where it has those.
 *
 * @param bounds in the mask's pixels, as are the corner of what is returned, and its `step`; its size is in the level's
 */
export function partOf(plane: MaskLevel, bounds: Rectangle, level: number): MaskPart {
  const step = 2 ** level;
  const inner = partAtLevel(bounds, level);
  const grown = { x: inner.x - 2, y: inner.y - 2, width: inner.width + 4, height: inner.height + 4 };
  const frame = { x: 0, y: 0, width: plane.width, height: plane.height };
  const { x, y, width, height } = intersection(grown, frame);
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * plane.width + x;
    data.set(plane.data.subarray(from, from + width), row * width);
  }
  return { x: x * step, y: y * step, width, height, step, data };
}
