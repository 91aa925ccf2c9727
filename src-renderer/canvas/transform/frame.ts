import { mapPoint, toMatrix, type Point, type Transform } from '../../../src-shared/model/composition.ts';
import type { Extent } from '../camera.ts';

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

/** The corners of the source's frame on the target: top left, top right, bottom right, bottom left of the source. */
export function cornersOf(transform: Transform, size: Extent): readonly [Point, Point, Point, Point] {
  const matrix = toMatrix(transform, size);
  const at = (x: number, y: number) => mapPoint(matrix, { x, y });
  return [at(0, 0), at(size.width, 0), at(size.width, size.height), at(0, size.height)];
}

/** Where the source's centre lies on the target. */
export function centreOf({ x, y }: Transform, { width, height }: Extent): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
