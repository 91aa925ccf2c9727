import type { Point } from '../camera.ts';
import { discTable } from './disc-profile.ts';
import type { MaskRaster } from './mask-raster.ts';
import { around, intersection, isEmpty, type Rectangle } from './rectangle.ts';

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
 * A stroke of brush or eraser. Its dabs are one shape, the largest of them at each pixel, which is added to the mask
 * as it was before the stroke, or taken from it: dabs that overlap, as they all do, neither build up nor eat away a
 * soft edge, and rubbing out along the same way clears what was painted.
 */
export class MaskStroke {
  readonly #mask: MaskRaster;
  readonly #erases: boolean;
  readonly #tiles = new Map<number, StrokeTile>();

  constructor(mask: MaskRaster, erases: boolean) {
    this.#mask = mask;
    this.#erases = erases;
  }

  /** @returns the part of the mask that it touched */
  dab({ x, y, radius, hardness, opacity }: Dab): Rectangle {
    const { outer, inner, coverageAt } = discTable(radius, hardness, opacity);
    const whole = Math.round(255 * opacity);
    const box = intersection(around(x - outer, y - outer, x + outer, y + outer), this.#mask.frame);
    for (const index of this.#mask.grid.tilesIn(box)) {
      const tile = this.#tile(index);
      const { part, covered } = tile;
      const shared = intersection(part, box);
      for (let row = shared.y; row < shared.y + shared.height; row++) {
        const dy = row + 0.5 - y;
        const line = (row - part.y) * part.width - part.x;
        const core = inner > Math.abs(dy) ? Math.sqrt(inner * inner - dy * dy) : -1;
        for (let column = shared.x; column < shared.x + shared.width; column++) {
          const dx = column + 0.5 - x;
          const at = line + column;
          const here = dx <= core && dx >= -core ? whole : coverageAt(dx * dx + dy * dy);
          if (here > covered[at]!) covered[at] = here;
        }
      }
      this.#apply(tile, shared);
    }
    return box;
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
