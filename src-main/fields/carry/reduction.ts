import { catmullRom, tapsAt, type Taps } from '../kernels.ts';
import type { Rectangle } from '../raster.ts';

/** How the working pixels of one side draw on the window's: a Catmull–Rom kernel as wide as the reduction asks for. */
export interface Side {
  /** The first working pixel, and how many. */
  readonly first: number;
  readonly count: number;
  readonly values: Taps;
  /** Of the differences between neighbouring pixels, so that they give those of the reduced values to rounding. */
  readonly differences: Taps;
}

/**
 * One side of a picture that covers the pixels from `start` to `start` + `length` − 1 of a window's `full`, on the working
 * pixels that these reach. Beyond its ends the picture goes on with its first and last pixel.
 */
export function sideOf(full: number, working: number, start = 0, length = full): Side {
  const ratio = full / working;
  // Two pixels further than its own: what a smooth interpolation draws on.
  const first = Math.max(0, Math.floor(start / ratio) - 2);
  const count = Math.min(working, Math.ceil((start + length) / ratio) + 2) - first;
  const places = Float64Array.from({ length: count }, (_, i) => (first + i + 0.5) * ratio - 0.5 - start);
  const values = tapsAt(places, length, catmullRom, Math.max(1, ratio));
  return { first, count, values, differences: differenceTaps(values, length) };
}

/**
 * The taps that make of a line's differences those of its reduced values, by summation by parts; the last, to which
 * there is no next value, are 0.
 */
function differenceTaps({ taps, first, weights }: Taps, length: number): Taps {
  const count = first.length;
  let wide = taps;
  for (let i = 1; i < count; i++) wide = Math.max(wide, first[i]! - first[i - 1]! + taps);
  wide = Math.min(wide, length);
  const starts = new Int32Array(count);
  const out = new Float64Array(count * wide);
  for (let i = 0; i < count; i++) {
    const start = Math.min(first[i]!, length - wide);
    starts[i] = start;
    if (i === count - 1) continue;
    let sum = 0;
    for (let k = 0; k < wide; k++) {
      const [own, next] = [start + k - first[i]!, start + k - first[i + 1]!];
      if (own >= 0 && own < taps) sum += weights[i * taps + own]!;
      if (next >= 0 && next < taps) sum -= weights[(i + 1) * taps + next]!;
      out[i * wide + k] = sum;
    }
  }
  return { taps: wide, first: starts, weights: out };
}

/** A plane that is reduced row by row, none of which is kept. */
export class Reduction {
  readonly data: Float64Array;
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #narrow: Float64Array;
  /** The first output row that may draw on the next input row. */
  #first = 0;

  constructor(across: Taps, down: Taps) {
    this.#across = across;
    this.#down = down;
    this.#narrow = new Float64Array(across.first.length);
    this.data = new Float64Array(across.first.length * down.first.length);
  }

  /** Rows must come in order. @param from index of the row's first value */
  add(y: number, row: Float32Array | Float64Array | Uint8Array, from: number): void {
    const { taps, first, weights } = this.#down;
    const width = this.#narrow.length;
    while (this.#first < first.length && first[this.#first]! + taps <= y) this.#first++;
    if (this.#first === first.length || first[this.#first]! > y) return;
    filterRow(this.#across, row, from, this.#narrow);
    for (let j = this.#first; j < first.length && first[j]! <= y; j++) {
      const weight = weights[j * taps + y - first[j]!]!;
      if (weight !== 0) addRow(this.#narrow, weight, this.data, j * width);
    }
  }
}

function filterRow(
  { taps, first, weights }: Taps,
  row: Float32Array | Float64Array | Uint8Array,
  from: number,
  out: Float64Array,
): void {
  for (let x = 0; x < out.length; x++) {
    let sum = 0;
    const start = from + first[x]!;
    for (let k = 0; k < taps; k++) sum += weights[x * taps + k]! * row[start + k]!;
    out[x] = sum;
  }
}

function addRow(row: Float64Array, weight: number, out: Float64Array, to: number): void {
  for (let x = 0; x < row.length; x++) out[to + x]! += weight * row[x]!;
}

/** Where a reduced part of a window lies on the working grid. */
export function placeOf(across: Side, down: Side): Rectangle {
  return { x: across.first, y: down.first, width: across.count, height: down.count };
}
