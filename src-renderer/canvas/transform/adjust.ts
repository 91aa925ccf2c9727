import {
  identity,
  inverse,
  mapPoint,
  toMatrix,
  type Point,
  type Transform,
} from '../../../src-shared/model/composition.ts';
import type { Extent } from '../camera.ts';

/** How small and how large a source may be made, relative to its own size. */
export const scaleLimits = [0.02, 32] as const;

const to = (step: number, value: number) => Math.round(value / step) * step;
/** Without the last digits' noise of binary fractions. */
const tidy = (digits: number, value: number) => Number(value.toFixed(digits)) + 0;

/** An angle in degrees as -180 < angle ≤ 180. */
export function wrapped(degrees: number): number {
  const angle = ((degrees % 360) + 360) % 360;
  return (angle > 180 ? angle - 360 : angle) + 0;
}

/**
 * A transform as it is kept: the angle wrapped, to a tenth of a degree; the scale within limits, to a tenth of a
 * per cent; the place to a hundredth of a pixel, and to a whole one where nothing but flips is done to the source,
 * so that no pixel of it is resampled.
 */
export function settled({ x, y, scale, rotation, flipX, flipY }: Transform): Transform {
  const size = tidy(3, Math.min(Math.max(scale, scaleLimits[0]), scaleLimits[1]));
  const angle = wrapped(tidy(1, wrapped(rotation)));
  const digits = size === 1 && angle === 0 ? 0 : 2;
  return { x: tidy(digits, x), y: tidy(digits, y), scale: size, rotation: angle, flipX, flipY };
}

/** Moved by whole pixels. */
export function moved(transform: Transform, dx: number, dy: number): Transform {
  return settled({ ...transform, x: transform.x + Math.round(dx), y: transform.y + Math.round(dy) });
}

/** With another scale, angle or flip, and the place at which the source's point under `anchor` stays there. */
function about(transform: Transform, size: Extent, anchor: Point, change: Partial<Transform>): Transform {
  const kept = settled({ ...transform, ...change });
  const held = mapPoint(inverse(toMatrix(transform, size)), anchor);
  const there = mapPoint(toMatrix({ ...kept, x: 0, y: 0 }, size), held);
  return settled({ ...kept, x: anchor.x - there.x, y: anchor.y - there.y });
}

/** `factor` times as large, the target's point `anchor` staying on its place of the source. */
export function scaled(transform: Transform, size: Extent, factor: number, anchor: Point): Transform {
  return about(transform, size, anchor, { scale: transform.scale * factor });
}

/** Turned about the target's point `pivot` to so many degrees; with `steps`, to the nearest multiple of so many. */
export function turned(
  transform: Transform,
  size: Extent,
  degrees: number,
  pivot: Point,
  steps = 0,
): Transform {
  return about(transform, size, pivot, { rotation: steps > 0 ? to(steps, degrees) : degrees });
}

/**
 * Mirrored as it is seen, left to right or top to bottom, about the target's point `pivot`. A turned source is
 * mirrored across the screen's axis, so it turns the other way round too.
 */
export function flipped(transform: Transform, size: Extent, across: 'x' | 'y', pivot: Point): Transform {
  const { flipX, flipY, rotation } = transform;
  const flips = across === 'x' ? { flipX: !flipX } : { flipY: !flipY };
  return about(transform, size, pivot, { ...flips, rotation: -rotation });
}

/** Neither scaled nor turned nor flipped, the target's point `pivot` staying on its place of the source. */
export function reset(transform: Transform, size: Extent, pivot: Point): Transform {
  const { x, y } = transform;
  return about(transform, size, pivot, { ...identity, x, y });
}
