import { inverse, mapPoint, toMatrix, type Transform } from '../../../src-shared/model/composition.ts';
import type { Extent, Point } from '../camera.ts';
import { cornersOf } from './frame.ts';

/** What a press on the target takes hold of. Corners count as `cornersOf` lists them. */
export type Hold =
  | { readonly kind: 'move' }
  | { readonly kind: 'turn' }
  | { readonly kind: 'scale'; readonly corner: 0 | 1 | 2 | 3 };

/** CSS pixels: how far from a corner it is held, how far beyond it turns, and how far out the turning handle stands. */
const reach = { corner: 10, beyond: 28, stick: 26 };

const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);
const middle = (p: Point, q: Point): Point => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 });
const corners = [0, 1, 2, 3] as const;

/**
 * The turning handle: where its stick begins on the middle of the source's top edge, and its knob, outwards.
 *
 * @param pixel target pixels a CSS pixel
 */
export function turningHandle(
  transform: Transform,
  size: Extent,
  pixel: number,
): { readonly foot: Point; readonly knob: Point } {
  const [topLeft, topRight, bottomRight, bottomLeft] = cornersOf(transform, size);
  const foot = middle(topLeft, topRight);
  const opposite = middle(bottomLeft, bottomRight);
  const length = Math.max(distance(foot, opposite), 1e-6);
  const out = (reach.stick * pixel) / length;
  return {
    foot,
    knob: { x: foot.x + out * (foot.x - opposite.x), y: foot.y + out * (foot.y - opposite.y) },
  };
}

/** What is held at a point of the target; `pixel` is how many target pixels a CSS pixel is. */
export function holdAt(at: Point, transform: Transform, size: Extent, pixel: number): Hold {
  if (distance(at, turningHandle(transform, size, pixel).knob) <= reach.corner * pixel) {
    return { kind: 'turn' };
  }
  const places = cornersOf(transform, size);
  const nearest = corners.toSorted((i, j) => distance(at, places[i]) - distance(at, places[j]))[0]!;
  const away = distance(at, places[nearest]);
  if (away <= reach.corner * pixel) return { kind: 'scale', corner: nearest };
  const isBeyond = away <= reach.beyond * pixel && !isInside(at, transform, size);
  return isBeyond ? { kind: 'turn' } : { kind: 'move' };
}

/** Whether a point of the target lies on the source. */
export function isInside(at: Point, transform: Transform, size: Extent): boolean {
  const { x, y } = mapPoint(inverse(toMatrix(transform, size)), at);
  return x >= 0 && y >= 0 && x <= size.width && y <= size.height;
}

/** The pointer's look over what it would take hold of. */
export function cursorOf(hold: Hold, transform: Transform, size: Extent): string {
  if (hold.kind !== 'scale') return hold.kind === 'turn' ? 'grab' : 'move';
  const places = cornersOf(transform, size);
  const from = places[hold.corner];
  const across = places[corners[(hold.corner + 2) % 4]!];
  const angle = (Math.atan2(from.y - across.y, from.x - across.x) * 180) / Math.PI;
  const looks = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'];
  return looks[Math.round(((angle + 360) % 180) / 45) % 4]!;
}
