import { contour, pixelEdges, type Polyline } from './contour.ts';
import { partAtLevel, type MaskLevels } from './mask-levels.ts';
import type { MaskRaster } from './mask-raster.ts';
import { intersection, isEmpty, type Rectangle } from './rectangle.ts';
import { TileGrid } from './tile-grid.ts';

/** At which level the mask is looked at, and whether its pixels are shown as squares. */
export interface EdgeView {
  readonly level: number;
  readonly squares: boolean;
}

interface Traced {
  readonly grid: TileGrid;
  /** By tile; null where there is no edge. */
  readonly tiles: Map<number, Path2D | null>;
}

/** A view for each pane, and one to spare while the zoom changes. */
const viewsKept = 3;

/**
 * The mask's edge as paths in its pixels, tile by tile: traced when first drawn, and again only where the mask has
 * changed since, at a level of detail that the screen can show.
 */
export class EdgeTiles {
  readonly #mask: MaskRaster;
  readonly #levels: MaskLevels;
  readonly #views = new Map<string, Traced>();

  /** @param levels of the mask, told of its changes by whoever made them */
  constructor(mask: MaskRaster, levels: MaskLevels) {
    this.#mask = mask;
    this.#levels = levels;
  }

  /** A part of the mask has changed. */
  changed(part: Rectangle): void {
    for (const [name, { grid, tiles }] of this.#views) {
      const { x, y, width, height } = partAtLevel(part, parseInt(name, 10));
      // A pixel is a corner of the cells on either side.
      const cells = { x, y, width: width + 1, height: height + 1 };
      for (const tile of grid.tilesIn(cells)) tiles.delete(tile);
    }
  }

  /** The edge within a part of the mask, and a little around it. */
  path({ level, squares }: EdgeView, part: Rectangle): Path2D {
    const mask = this.#levels.at(level);
    const step = 2 ** level;
    const { grid, tiles } = this.#traced(`${level}${squares ? ' squares' : ''}`, mask.width, mask.height);
    const path = new Path2D();
    const seen = intersection(part, this.#mask.frame);
    if (isEmpty(seen)) return path;
    const { x, y, width, height } = partAtLevel(seen, level);
    for (const tile of grid.tilesIn({ x, y, width: width + 1, height: height + 1 })) {
      let traced = tiles.get(tile);
      if (traced === undefined) {
        traced = this.#trace({ level, squares }, grid.rectangleOf(tile), step);
        tiles.set(tile, traced);
      }
      if (traced !== null) path.addPath(traced);
    }
    return path;
  }

  #trace({ level, squares }: EdgeView, cells: Rectangle, step: number): Path2D | null {
    const { x, y, width, height } = cells;
    const around = {
      x: (x - 1) * step,
      y: (y - 1) * step,
      width: (width + 1) * step,
      height: (height + 1) * step,
    };
    const value = this.#mask.uniformIn(around);
    const isWithin =
      x > 0 &&
      y > 0 &&
      around.x + around.width <= this.#mask.width &&
      around.y + around.height <= this.#mask.height;
    if (value === 0 || (value !== null && isWithin)) return null;
    const mask = this.#levels.at(level);
    const lines = squares ? pixelEdges(mask, cells) : contour(mask, cells);
    return lines.length === 0 ? null : pathOf(lines, step, this.#mask);
  }

  #traced(name: string, width: number, height: number): Traced {
    const known = this.#views.get(name);
    if (known !== undefined) return known;
    if (this.#views.size >= viewsKept) this.#views.delete([...this.#views.keys()][0]!);
    // There is one cell more each way than there are pixels.
    const traced = { grid: new TileGrid({ width: width + 1, height: height + 1 }), tiles: new Map() };
    this.#views.set(name, traced);
    return traced;
  }
}

function pathOf(lines: readonly Polyline[], step: number, { width, height }: MaskRaster): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      const x = Math.min(line[i]! * step, width);
      const y = Math.min(line[i + 1]! * step, height);
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
  }
  return path;
}
