import type { MaskRaster } from './mask-raster.ts';
import { nowhere, union, type Rectangle } from './rectangle.ts';

/** A tile's bytes, or the one byte that all of them are. */
type Kept = Uint8Array | number;

/** What an edit changed. It exchanges what was there with what is there: once undoes it, once more redoes it. */
export interface MaskChange {
  /** Memory that it holds on to. */
  readonly bytes: number;
  /** @returns the part of the mask that it touched */
  exchange(): Rectangle;
}

/**
 * Remembers the tiles of a mask as they were before they were first written to, so that an edit costs memory and time
 * by what it touches, whatever the size of the picture.
 */
export class MaskJournal {
  readonly #mask: MaskRaster;
  readonly #before = new Map<number, Kept>();

  constructor(mask: MaskRaster) {
    this.#mask = mask;
  }

  /** Call before a tile is written to. */
  keep(tile: number): void {
    if (!this.#before.has(tile)) this.#before.set(tile, this.#read(tile));
  }

  /** Puts every tile back. @returns the part of the mask that may have changed */
  rollback(): Rectangle {
    let touched = nowhere;
    for (const [tile, bytes] of this.#before) touched = union(touched, this.#write(tile, bytes));
    return touched;
  }

  /** What has changed since the journal was begun; null where that is nothing. */
  change(): MaskChange | null {
    for (const [tile, kept] of this.#before) {
      if (same(kept, this.#read(tile))) this.#before.delete(tile);
    }
    if (this.#before.size === 0) return null;
    return {
      bytes: [...this.#before.values()].reduce<number>((sum, kept) => sum + bytesOf(kept), 0),
      exchange: () => this.#exchange(),
    };
  }

  #exchange(): Rectangle {
    let touched = nowhere;
    for (const [tile, kept] of this.#before) {
      this.#before.set(tile, this.#read(tile));
      touched = union(touched, this.#write(tile, kept));
    }
    return touched;
  }

  #read(tile: number): Kept {
    const part = this.#mask.grid.rectangleOf(tile);
    return this.#mask.uniformIn(part) ?? this.#mask.read(part);
  }

  #write(tile: number, kept: Kept): Rectangle {
    const part = this.#mask.grid.rectangleOf(tile);
    const bytes = typeof kept === 'number' ? new Uint8Array(part.width * part.height).fill(kept) : kept;
    return this.#mask.write(part, bytes);
  }
}

function same(a: Kept, b: Kept): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  return a.every((value, i) => value === b[i]);
}

/** An entry of the map counts too. */
function bytesOf(kept: Kept): number {
  return 64 + (typeof kept === 'number' ? 0 : kept.length);
}
