import { mapPoint, toMatrix, type Point, type Transform } from '../../../src-shared/model/composition.ts';
import type { Extent } from '../camera.ts';
import type { Rectangle } from '../mask/rectangle.ts';

/** Top left, top right, bottom right, bottom left of a part of the source, as they lie on the target. */
export type Corners = readonly [Point, Point, Point, Point];

/** Whether it only moves, by whole pixels. */
export function onlyMoves({ x, y, scale, rotation, flipX, flipY }: Transform): boolean {
  const whole = Number.isInteger(x) && Number.isInteger(y);
  return whole && scale === 1 && rotation % 360 === 0 && !flipX && !flipY;
}

export function sameTransform(a: Transform, b: Transform): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.scale === b.scale &&
    a.rotation === b.rotation &&
    a.flipX === b.flipX &&
    a.flipY === b.flipY
  );
}

/** The corners of a part of a source of `size` on the target. */
export function cornersOf(transform: Transform, size: Extent, part: Rectangle): Corners {
  const matrix = toMatrix(transform, size);
  const { x, y, width, height } = part;
  const at = (px: number, py: number) => mapPoint(matrix, { x: px, y: py });
  return [at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)];
}

export function middle(p: Point, q: Point): Point {
  return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
}

/** The point between all corners. */
export function centreOf(corners: Corners): Point {
  return middle(corners[0], corners[2]);
}

/** Whether a point lies within corners, whichever way round they go. */
export function isWithin(at: Point, corners: Corners): boolean {
  const sides = corners.map((from, i) => {
    const to = corners[(i + 1) % 4]!;
    return (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
  });
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}
