import { identity, type Transform } from '../../../src-shared/model/composition.ts';
import type { Extent, Point } from '../camera.ts';
import { centreOf } from './frame.ts';

/** How small and how large a source may be made, relative to its own size. */
export const scaleLimits = [0.02, 32] as const;

const to = (step: number, value: number) => Math.round(value / step) * step;
/** Without the last digits' noise of binary fractions. */
const tidy = (digits: number, value: number) => Number(value.toFixed(digits));

/** An angle in degrees as -180 < angle ≤ 180. */
export function wrapped(degrees: number): number {
  const angle = ((degrees % 360) + 360) % 360;
  return angle > 180 ? angle - 360 : angle;
}

/**
 * A transform as it is kept: the angle wrapped, to a tenth of a degree; the scale within limits, to a tenth of a
 * per cent; the place to a hundredth of a pixel, and to a whole one where nothing but flips is done to the source,
 * so that no pixel of it is resampled.
 */
export function settled({ x, y, scale, rotation, flipX, flipY }: Transform): Transform {
  const size = tidy(3, Math.min(Math.max(scale, scaleLimits[0]), scaleLimits[1]));
  const angle = tidy(1, wrapped(rotation));
  const digits = size === 1 && angle === 0 ? 0 : 2;
  const place = (value: number) => tidy(digits, value) + 0;
  return { x: place(x), y: place(y), scale: size, rotation: wrapped(angle) + 0, flipX, flipY };
}

/** Moved by whole pixels. */
export function moved(transform: Transform, dx: number, dy: number): Transform {
  return settled({ ...transform, x: transform.x + Math.round(dx), y: transform.y + Math.round(dy) });
}

/** `factor` times as large, the target's point `anchor` staying where it is. */
export function scaled(transform: Transform, size: Extent, factor: number, anchor: Point): Transform {
  const { scale } = settled({ ...transform, scale: transform.scale * factor });
  const k = scale / transform.scale;
  const centre = centreOf(transform, size);
  return settled({
    ...transform,
    x: anchor.x + k * (centre.x - anchor.x) - size.width / 2,
    y: anchor.y + k * (centre.y - anchor.y) - size.height / 2,
    scale,
  });
}

/** Turned about its centre to so many degrees; with `steps`, to the nearest multiple of so many. */
export function turned(transform: Transform, degrees: number, steps = 0): Transform {
  return settled({ ...transform, rotation: steps > 0 ? to(steps, degrees) : degrees });
}

/**
 * Mirrored as it is seen, left to right or top to bottom. A turned source is mirrored across the screen's axis, so
 * it turns the other way round too.
 */
export function flipped(transform: Transform, across: 'x' | 'y'): Transform {
  const { flipX, flipY, rotation } = transform;
  const flips = across === 'x' ? { flipX: !flipX } : { flipY: !flipY };
  return settled({ ...transform, ...flips, rotation: -rotation });
}

/** Neither scaled nor turned nor flipped, its centre where it was. */
export function reset({ x, y }: Transform): Transform {
  return settled({ ...identity, x, y });
}
