import type { Extent } from '../camera.ts';
import type { MaskRaster } from './mask-raster.ts';
import { intersection, isEmpty, nowhere, union, type Rectangle } from './rectangle.ts';

/** A mask seen from afar: row-major bytes, a pixel for each 2^level × 2^level of the mask's. */
export interface MaskLevel extends Extent {
  readonly data: Uint8Array;
}

/** The pixels of a level that a part of the picture falls on. */
export function partAtLevel({ x, y, width, height }: Rectangle, level: number): Rectangle {
  const size = 2 ** level;
  const [left, top] = [Math.floor(x / size), Math.floor(y / size)];
  return {
    x: left,
    y: top,
    width: Math.ceil((x + width) / size) - left,
    height: Math.ceil((y + height) / size) - top,
  };
}

/** A mask at half its size, a quarter, and so on, each kept up to date where the mask has changed, when asked for. */
export class MaskLevels {
  readonly #mask: MaskRaster;
  /** From half size on; `dirty` in the level's pixels. */
  readonly #levels: { readonly plane: MaskLevel; dirty: Rectangle }[] = [];

  constructor(mask: MaskRaster) {
    this.#mask = mask;
  }

  /** A part of the mask has changed. */
  changed(part: Rectangle): void {
    if (isEmpty(part)) return;
    this.#levels.forEach((entry, i) => {
      entry.dirty = union(entry.dirty, partAtLevel(part, i + 1));
    });
  }

  /** Level 0 is the mask. A pixel is the mean of those it stands for, rounded up: 0 only where all of them are. */
  at(level: number): MaskLevel {
    if (level === 0) return this.#mask;
    const finer = this.at(level - 1);
    let entry = this.#levels[level - 1];
    if (entry === undefined) {
      const [width, height] = [Math.ceil(finer.width / 2), Math.ceil(finer.height / 2)];
      const plane = { width, height, data: new Uint8Array(width * height) };
      entry = { plane, dirty: { x: 0, y: 0, width, height } };
      this.#levels.push(entry);
    }
    const { plane, dirty } = entry;
    halve(finer, plane, intersection(dirty, { x: 0, y: 0, width: plane.width, height: plane.height }));
    entry.dirty = nowhere;
    return plane;
  }
}

function halve(fine: MaskLevel, coarse: MaskLevel, part: Rectangle): void {
  for (let y = part.y; y < part.y + part.height; y++) {
    const upper = 2 * y * fine.width;
    // At an odd edge the last row and column stand for themselves.
    const lower = 2 * y + 1 < fine.height ? upper + fine.width : upper;
    for (let x = part.x; x < part.x + part.width; x++) {
      const left = 2 * x;
      const right = left + 1 < fine.width ? left + 1 : left;
      const { data } = fine;
      const sum = data[upper + left]! + data[upper + right]! + data[lower + left]! + data[lower + right]!;
      coarse.data[y * coarse.width + x] = (sum + 3) >> 2;
    }
  }
}
