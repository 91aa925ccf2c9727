import type { Size } from './image.ts';

/**
 * Pixels per unit of the coordinate domain: max(width, height)/2, because the longer side spans [-1, 1].
 * A difference between neighbouring pixels times this is a first derivative; times its square, a second.
 */
export function pixelsPerUnit({ width, height }: Size): number {
  return Math.max(width, height) / 2;
}

/** The domain coordinate of pixel position `i` (0 is the first pixel's centre, ½ between it and the next) along a side of `n`. */
export function coordinateOf(i: number, n: number, size: Size): number {
  return (2 * i + 1 - n) / (2 * pixelsPerUnit(size));
}
