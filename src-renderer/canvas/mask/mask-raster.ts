import type { Extent } from '../camera.ts';
import type { Coverage } from './coverage.ts';
import { MaskJournal, type MaskChange } from './mask-journal.ts';
import { intersection, isEmpty, nowhere, union, type Rectangle } from './rectangle.ts';
import { TileGrid } from './tile-grid.ts';

/** What a shape does to the mask: `replace` selects the shape alone, `intersect` keeps what lies in both. */
export const combinations = ['replace', 'add', 'subtract', 'intersect'] as const;
export type Combination = (typeof combinations)[number];

/** What is known of a tile: nothing yet, that its bytes differ, or, from `uniform` on, the value that all have. */
const unknown = 0;
const mixed = 1;
const uniform = 2;

/**
 * A soft selection of a picture's pixels: one byte each, row-major, 0 outside … 255 inside.
 *
 * Every change answers with the rectangle that it touched, so that whoever shows the mask redraws no more. `data` is
 * for reading: what is written past the methods is neither undone nor seen by `bounds`.
 *
 * A byte is the share of its pixel that is covered, and where two shapes share a pixel, one is taken to lie in the
 * other as far as it can: a∪b = max(a, b), a∩b = min(a, b), a∖b = a − a∩b = max(0, a − b). So whatever was added is
 * cleared by subtracting it again, its half-covered rim too, and (a∖b) + (a∩b) = a.
 */
export class MaskRaster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly grid: TileGrid;
  readonly #known: Uint16Array;
  /** What is above 0 in tiles that `bounds` has asked for since they were written. */
  readonly #contents = new Map<number, Rectangle>();
  #bounds: Rectangle | null = nowhere;
  #journal: MaskJournal | null = null;

  constructor({ width, height }: Extent) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height);
    this.grid = new TileGrid({ width, height });
    this.#known = new Uint16Array(this.grid.count).fill(uniform);
  }

  get frame(): Rectangle {
    return this.grid.frame;
  }

  /** From now on every change is one edit, until `commit` or `rollback`. */
  begin(): void {
    this.#journal ??= new MaskJournal(this);
  }

  /** The edit is done. @returns how to undo it; null where it changed nothing */
  commit(): MaskChange | null {
    const journal = this.#journal;
    this.#journal = null;
    return journal?.change() ?? null;
  }

  /** The edit never happened. */
  rollback(): Rectangle {
    const journal = this.#journal;
    this.#journal = null;
    return journal?.rollback() ?? nowhere;
  }

  /** Puts a coverage to the mask, as the class says. Beyond its rectangle a coverage is 0. */
  combine(coverage: Coverage, how: Combination): Rectangle {
    const shared = intersection(coverage, this.frame);
    if (how === 'replace') return union(this.clear(), this.combine(coverage, 'add'));
    if (how === 'intersect') return union(this.clear(shared), this.#merge(coverage, shared, Math.min));
    return this.#merge(coverage, shared, how === 'add' ? Math.max : (a, b) => Math.max(a - b, 0));
  }

  /** The same value everywhere. */
  fill(value: number): Rectangle {
    this.#touch(this.frame);
    this.data.fill(value);
    this.#known.fill(uniform + value);
    this.#contents.clear();
    return this.frame;
  }

  /** Nothing is selected any more, but what is within `except`. */
  clear(except: Rectangle = nowhere): Rectangle {
    const bounds = this.bounds();
    const { x, y, width, height } = bounds;
    const kept = intersection(bounds, except);
    const right = kept.x + kept.width;
    const bottom = kept.y + kept.height;
    if (isEmpty(kept)) return this.#zero(bounds);
    this.#zero({ x, y, width, height: kept.y - y });
    this.#zero({ x, y: bottom, width, height: y + height - bottom });
    this.#zero({ x, y: kept.y, width: kept.x - x, height: kept.height });
    this.#zero({ x: right, y: kept.y, width: x + width - right, height: kept.height });
    return bounds;
  }

  invert(): Rectangle {
    this.#touch(this.frame);
    const { data } = this;
    for (let i = 0; i < data.length; i++) data[i] = 255 - data[i]!;
    return this.frame;
  }

  /** The bytes of a part of the mask, row-major. `part` lies within the frame. */
  read({ x, y, width, height }: Rectangle): Uint8Array {
    const bytes = new Uint8Array(width * height);
    for (let row = 0; row < height; row++) {
      const from = (y + row) * this.width + x;
      bytes.set(this.data.subarray(from, from + width), row * width);
    }
    return bytes;
  }

  /** The inverse of `read`. */
  write(part: Rectangle, bytes: Uint8Array): Rectangle {
    this.#touch(part);
    for (let row = 0; row < part.height; row++) {
      const line = bytes.subarray(row * part.width, (row + 1) * part.width);
      this.data.set(line, (part.y + row) * this.width + part.x);
    }
    return part;
  }

  /** The smallest rectangle around every pixel above 0. */
  bounds(): Rectangle {
    return (this.#bounds ??= this.#findBounds());
  }

  get isEmpty(): boolean {
    if (this.#bounds !== null) return isEmpty(this.#bounds);
    for (let tile = 0; tile < this.grid.count; tile++) if (this.#stateOf(tile) !== uniform) return false;
    return true;
  }

  /** The value that every tile of a part has all over; null where it is not one. */
  uniformIn(part: Rectangle): number | null {
    let value: number | null = null;
    for (const tile of this.grid.tilesIn(part)) {
      const state = this.#stateOf(tile);
      if (state === mixed || (value !== null && state - uniform !== value)) return null;
      value = state - uniform;
    }
    return value;
  }

  /** Before anything is written within `part`. */
  #touch(part: Rectangle): void {
    this.#bounds = null;
    for (const tile of this.grid.tilesIn(part)) {
      this.#journal?.keep(tile);
      this.#known[tile] = unknown;
      this.#contents.delete(tile);
    }
  }

  #zero(part: Rectangle): Rectangle {
    if (isEmpty(part)) return nowhere;
    this.#touch(part);
    for (let y = part.y; y < part.y + part.height; y++) {
      this.data.fill(0, y * this.width + part.x, y * this.width + part.x + part.width);
    }
    return part;
  }

  #merge(coverage: Coverage, part: Rectangle, merged: (here: number, covered: number) => number): Rectangle {
    this.#touch(part);
    for (let y = part.y; y < part.y + part.height; y++) {
      let to = y * this.width + part.x;
      let from = (y - coverage.y) * coverage.width + part.x - coverage.x;
      for (let x = 0; x < part.width; x++, to++, from++) {
        this.data[to] = merged(this.data[to]!, coverage.data[from]!);
      }
    }
    return part;
  }

  #stateOf(tile: number): number {
    const known = this.#known[tile]!;
    if (known !== unknown) return known;
    const { x, y, width, height } = this.grid.rectangleOf(tile);
    const first = this.data[y * this.width + x]!;
    let state = uniform + first;
    for (let row = y; row < y + height && state !== mixed; row++) {
      const from = row * this.width + x;
      for (let i = from; i < from + width; i++) {
        if (this.data[i] === first) continue;
        state = mixed;
        break;
      }
    }
    this.#known[tile] = state;
    return state;
  }

  /** Tiles first; then what is in the outermost rows and columns of tiles alone. */
  #findBounds(): Rectangle {
    const { grid } = this;
    let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
    for (let tile = 0; tile < grid.count; tile++) {
      if (this.#stateOf(tile) === uniform) continue;
      const [column, row] = [tile % grid.columns, Math.floor(tile / grid.columns)];
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
    let box = nowhere;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        if (row > top && row < bottom && column > left && column < right) column = right;
        const tile = row * grid.columns + column;
        if (this.#stateOf(tile) !== uniform) box = union(box, this.#contentOf(tile));
      }
    }
    return box;
  }

  /** The smallest rectangle around what of a tile is above 0; it has something that is. */
  #contentOf(tile: number): Rectangle {
    const known = this.#contents.get(tile);
    if (known !== undefined) return known;
    const { x, y, width, height } = this.grid.rectangleOf(tile);
    let [left, top, right, bottom] = [x + width, -1, x, y];
    for (let row = y; row < y + height; row++) {
      const line = row * this.width;
      let first = x;
      while (first < x + width && this.data[line + first] === 0) first++;
      if (first === x + width) continue;
      let last = x + width - 1;
      while (this.data[line + last] === 0) last--;
      left = Math.min(left, first);
      right = Math.max(right, last + 1);
      if (top < 0) top = row;
      bottom = row + 1;
    }
    const content = { x: left, y: top, width: right - left, height: bottom - top };
    this.#contents.set(tile, content);
    return content;
  }
}
