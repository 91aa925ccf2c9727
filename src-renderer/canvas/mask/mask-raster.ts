import type { Extent } from '../camera.ts';
import type { Coverage } from './coverage.ts';
import { intersection, isEmpty, nowhere, type Rectangle } from './rectangle.ts';

/** What a shape does to the mask: `replace` selects the shape alone. */
export type Combination = 'replace' | 'add' | 'subtract';

/**
 * A soft selection of a picture's pixels: one byte each, row-major, 0 outside … 255 inside.
 *
 * Every change answers with the rectangle that it touched, so that whoever shows the mask redraws no more.
 */
export class MaskRaster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;

  constructor({ width, height }: Extent) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height);
  }

  get frame(): Rectangle {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }

  /** Adding takes the larger of mask and coverage, subtracting leaves what the coverage does not reach. */
  combine(coverage: Coverage, how: Combination): Rectangle {
    if (how === 'replace') {
      this.data.fill(0);
      this.combine(coverage, 'add');
      return this.frame;
    }
    const shared = intersection(coverage, this.frame);
    for (let y = shared.y; y < shared.y + shared.height; y++) {
      let to = y * this.width + shared.x;
      let from = (y - coverage.y) * coverage.width + shared.x - coverage.x;
      for (let x = 0; x < shared.width; x++, to++, from++) {
        const covered = coverage.data[from]!;
        const here = this.data[to]!;
        if (how === 'add') this.data[to] = Math.max(here, covered);
        else this.data[to] = Math.min(here, 255 - covered);
      }
    }
    return shared;
  }

  /** The same value everywhere. */
  fill(value: number): Rectangle {
    this.data.fill(value);
    return this.frame;
  }

  invert(): Rectangle {
    for (let i = 0; i < this.data.length; i++) this.data[i] = 255 - this.data[i]!;
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
    for (let row = 0; row < part.height; row++) {
      const line = bytes.subarray(row * part.width, (row + 1) * part.width);
      this.data.set(line, (part.y + row) * this.width + part.x);
    }
    return part;
  }

  /** The smallest rectangle around every pixel above 0. */
  bounds(): Rectangle {
    const { data, width, height } = this;
    const first = data.findIndex((value) => value > 0);
    if (first < 0) return nowhere;
    const top = Math.floor(first / width);
    let bottom = top;
    let left = width;
    let right = -1;
    for (let y = top; y < height; y++) {
      const row = data.subarray(y * width, (y + 1) * width);
      const from = row.findIndex((value) => value > 0);
      if (from < 0) continue;
      bottom = y;
      left = Math.min(left, from);
      right = Math.max(
        right,
        row.findLastIndex((value) => value > 0),
      );
    }
    return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  }

  get isEmpty(): boolean {
    return isEmpty(this.bounds());
  }
}
