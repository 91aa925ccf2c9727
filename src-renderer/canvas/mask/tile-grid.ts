import type { Extent } from '../camera.ts';
import { intersection, isEmpty, type Rectangle } from './rectangle.ts';

/** Pixels along a tile's side. Small enough that a dab keeps few bytes, large enough that counting tiles is nothing. */
export const tileSide = 64;

/** Squares that a picture is cut into, numbered row by row; those at its right and lower edge may be cut off. */
export class TileGrid {
  readonly frame: Rectangle;
  readonly columns: number;
  readonly rows: number;

  constructor({ width, height }: Extent) {
    this.frame = { x: 0, y: 0, width, height };
    this.columns = Math.ceil(width / tileSide);
    this.rows = Math.ceil(height / tileSide);
  }

  get count(): number {
    return this.columns * this.rows;
  }

  /** The pixels of a tile. */
  rectangleOf(tile: number): Rectangle {
    const x = (tile % this.columns) * tileSide;
    const y = Math.floor(tile / this.columns) * tileSide;
    const { width, height } = this.frame;
    return { x, y, width: Math.min(tileSide, width - x), height: Math.min(tileSide, height - y) };
  }

  /** The tiles that share a pixel with `part`. */
  *tilesIn(part: Rectangle): Generator<number> {
    const shared = intersection(part, this.frame);
    if (isEmpty(shared)) return;
    const left = Math.floor(shared.x / tileSide);
    const right = Math.floor((shared.x + shared.width - 1) / tileSide);
    const bottom = Math.floor((shared.y + shared.height - 1) / tileSide);
    for (let row = Math.floor(shared.y / tileSide); row <= bottom; row++) {
      for (let column = left; column <= right; column++) yield row * this.columns + column;
    }
  }
}
