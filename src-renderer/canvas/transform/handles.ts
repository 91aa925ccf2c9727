import type { Point } from '../../../src-shared/model/composition.ts';
import { isWithin, middle, type Corners } from './frame.ts';

/** What a press on the target takes hold of. Corners count as `Corners` lists them. */
export type Hold =
  | { readonly kind: 'move' }
  | { readonly kind: 'turn' }
  | { readonly kind: 'scale'; readonly corner: 0 | 1 | 2 | 3 };

/** CSS pixels: how far from a corner it is held, how far beyond it turns, and how far out the turning handle stands. */
const reach = { corner: 10, beyond: 28, stick: 26 };

const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);
const all = [0, 1, 2, 3] as const;

/** The corner across from another. */
export function opposite(corner: 0 | 1 | 2 | 3): 0 | 1 | 2 | 3 {
  return all[(corner + 2) % 4]!;
}

/**
 * The turning handle: where its stick begins on the middle of the source's top edge, and its knob, outwards.
 *
 * @param pixel target pixels a CSS pixel
 */
export function turningHandle(
  [topLeft, topRight, bottomRight, bottomLeft]: Corners,
  pixel: number,
): { readonly foot: Point; readonly knob: Point } {
  const foot = middle(topLeft, topRight);
  const across = middle(bottomLeft, bottomRight);
  const out = (reach.stick * pixel) / Math.max(distance(foot, across), 1e-6);
  return {
    foot,
    knob: { x: foot.x + out * (foot.x - across.x), y: foot.y + out * (foot.y - across.y) },
  };
}

/** What is held at a point of the target; `pixel` is how many target pixels a CSS pixel is. */
export function holdAt(at: Point, corners: Corners, pixel: number): Hold {
  if (distance(at, turningHandle(corners, pixel).knob) <= reach.corner * pixel) return { kind: 'turn' };
  const nearest = all.toSorted((i, j) => distance(at, corners[i]) - distance(at, corners[j]))[0]!;
  const away = distance(at, corners[nearest]);
  if (away <= reach.corner * pixel) return { kind: 'scale', corner: nearest };
  return away <= reach.beyond * pixel && !isWithin(at, corners) ? { kind: 'turn' } : { kind: 'move' };
}

/** The pointer's look over what it would take hold of, as CSS has it. */
export function cursorOf(hold: Hold, corners: Corners): string {
  if (hold.kind !== 'scale') return hold.kind === 'turn' ? 'grab' : 'move';
  const from = corners[hold.corner];
  const across = corners[opposite(hold.corner)];
  const angle = (Math.atan2(from.y - across.y, from.x - across.x) * 180) / Math.PI;
  const looks = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'];
  return looks[Math.round(((angle + 360) % 180) / 45) % 4]!;
}
