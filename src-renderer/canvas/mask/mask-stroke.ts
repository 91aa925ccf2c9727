import type { Point } from '../camera.ts';
import { discTable, type DiscProfile } from './disc-profile.ts';
import type { MaskRaster } from './mask-raster.ts';
import { around, intersection, isEmpty, nowhere, union, type Rectangle } from './rectangle.ts';

/** One print of the brush. Lengths in the mask's pixels. */
export interface Dab extends Point {
  readonly radius: number;
  /** Share of the radius that is wholly covered, 0…1. */
  readonly hardness: number;
  /** How much is covered where it is covered most, 0…1. */
  readonly opacity: number;
}

/** A tile as it was before the stroke, and how much of it the stroke covers. */
interface StrokeTile {
  readonly part: Rectangle;
  readonly before: Uint8Array;
  readonly covered: Uint8Array;
}

/**
 * Has a dab cover what it covers more of than the dabs before it: mostly a crescent, for they overlap.
 *
 * @param shared the part of the tile that the dab reaches
 * @returns the smallest part in which more is covered now
 */
function cover(
  { part, covered }: StrokeTile,
  { outer, inner, coverageAt }: DiscProfile,
  { x, y, opacity }: Dab,
  shared: Rectangle,
): Rectangle {
  const whole = Math.round(255 * opacity);
  const end = shared.x + shared.width;
  let [left, right, top, bottom] = [end, shared.x, -1, -1];
  for (let row = shared.y; row < shared.y + shared.height; row++) {
    const dy = row + 0.5 - y;
    const reach = Math.sqrt(Math.max(outer * outer - dy * dy, 0));
    const core = inner > Math.abs(dy) ? Math.sqrt(inner * inner - dy * dy) : -1;
    const line = (row - part.y) * part.width - part.x;
    const first = Math.max(shared.x, Math.floor(x - reach));
    const last = Math.min(end, Math.ceil(x + reach));
    let [from, to] = [end, -1];
    for (let column = first; column < last; column++) {
      const dx = column + 0.5 - x;
      const here = dx <= core && dx >= -core ? whole : coverageAt(dx * dx + dy * dy);
      const at = line + column;
      if (here <= covered[at]!) continue;
      covered[at] = here;
      if (to < 0) from = column;
      to = column;
    }
    if (to < 0) continue;
    [left, right] = [Math.min(left, from), Math.max(right, to + 1)];
    if (top < 0) top = row;
    bottom = row + 1;
  }
  return top < 0 ? nowhere : { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * A stroke of brush or eraser. Its dabs are one shape, the largest of them at each pixel, which is added to the mask
 * as it was before the stroke, or taken from it: dabs that overlap, as they all do, neither build up nor eat away a
 * soft edge, and rubbing out along the same way clears what was painted.
 */
export class MaskStroke {
  readonly #mask: MaskRaster;
  readonly #erases: boolean;
  readonly #tiles = new Map<number, StrokeTile>();
  #disc: { readonly key: string; readonly table: DiscProfile } | null = null;

  constructor(mask: MaskRaster, erases: boolean) {
    this.#mask = mask;
    this.#erases = erases;
  }

  /** @returns a part of the mask beyond which it changed nothing */
  dab(dab: Dab): Rectangle {
    const disc = this.#discOf(dab);
    const { x, y } = dab;
    const { outer } = disc;
    const box = intersection(around(x - outer, y - outer, x + outer, y + outer), this.#mask.frame);
    let changed = nowhere;
    for (const index of this.#mask.grid.tilesIn(box)) {
      const tile = this.#tile(index);
      const grown = cover(tile, disc, dab, intersection(tile.part, box));
      this.#apply(tile, grown);
      changed = union(changed, grown);
    }
    return changed;
  }

  /** Dabs of a stroke are mostly alike. */
  #discOf({ radius, hardness, opacity }: Dab): DiscProfile {
    const key = `${radius} ${hardness} ${opacity}`;
    if (this.#disc?.key !== key) this.#disc = { key, table: discTable(radius, hardness, opacity) };
    return this.#disc.table;
  }

  #tile(index: number): StrokeTile {
    const known = this.#tiles.get(index);
    if (known !== undefined) return known;
    const part = this.#mask.grid.rectangleOf(index);
    const before = this.#mask.read(part);
    const tile = { part, before, covered: new Uint8Array(before.length) };
    this.#tiles.set(index, tile);
    return tile;
  }

  #apply({ part, before, covered }: StrokeTile, shared: Rectangle): void {
    if (isEmpty(shared)) return;
    const bytes = new Uint8Array(shared.width * shared.height);
    for (let row = 0, to = 0; row < shared.height; row++) {
      let from = (shared.y - part.y + row) * part.width + shared.x - part.x;
      for (let i = 0; i < shared.width; i++, from++, to++) {
        const [was, over] = [before[from]!, covered[from]!];
        bytes[to] = this.#erases ? Math.max(was - over, 0) : Math.max(was, over);
      }
    }
    this.#mask.write(shared, bytes);
  }
}
