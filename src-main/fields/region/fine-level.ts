import type { Plane } from '../loops/linear-memory.ts';
import type { Iterate } from './acceleration.ts';
import type { CoarseLevel } from './coarse-level.ts';
import type { Grid } from './grid.ts';
import { gather, scatter, type Interpolation } from './interpolation.ts';
import type { RegionMemory } from './region-loops.ts';
import { findRuns, type Runs } from './runs.ts';
import { REGULAR, type Stencils } from './stencils.ts';

/**
 * How much further than a coarse solution says its correction goes: V-cycles with Galerkin operators fall short of the
 * smooth error. From 1.04 to 1.08 an open region takes one cycle in seven less, and none of those tried takes more.
 */
const OVERCORRECTION = 1.06;

/** The unknowns of one colour, by half their padded index, so that those of a row lie side by side. */
interface Colour {
  /** The parity of its padded indices, which is that of x + y. */
  readonly parity: 0 | 1;
  readonly x: Plane;
  readonly b: Plane;
}

/**
 * The pixels themselves: −Δv = b with the 5-point Laplacian. Every cell that is no unknown stays 0, so a pixel's
 * neighbours are summed without a question asked.
 *
 * A pixel's neighbours are all of the other colour. Each colour has planes of its own, so that a loop over one uses all
 * that it loads.
 */
export class FineLevel implements Iterate {
  /** Of the red pixels after a pass, when the black are what relaxation from them makes. */
  readonly x: readonly Float64Array[];
  readonly residual: readonly Float64Array[];
  readonly #loops: RegionMemory['loops'];
  readonly #stencils: Stencils;
  readonly #interpolation: Interpolation;
  readonly #runs: Runs;
  readonly #red: Colour;
  readonly #black: Colour;
  /** b + Δx on the regular red pixels, 0 elsewhere. */
  readonly #residual: Plane;
  /** The same on the red pixels with a stencil of their own, by slot. */
  readonly #ownResidual: Float64Array;
  /** 1/(number of neighbours) by slot. */
  readonly #ownWeight: Float64Array;

  /** What the constructor takes of a memory. */
  static bytesFor({ stencils }: Grid): number {
    return 5 * 8 * halfOf(stencils);
  }

  constructor({ stencils, interpolation }: Grid, memory: RegionMemory) {
    const { cells, own } = stencils;
    this.#loops = memory.loops;
    const half = halfOf(stencils);
    const colour = (parity: 0 | 1): Colour => ({ parity, x: memory.plane(half), b: memory.plane(half) });
    this.#stencils = stencils;
    this.#interpolation = interpolation;
    this.#runs = findRuns(stencils);
    this.#red = colour(0);
    this.#black = colour(1);
    this.#residual = memory.plane(half);
    this.#ownResidual = new Float64Array(cells.length);
    this.x = [this.#red.x.values];
    this.residual = [this.#residual.values, this.#ownResidual];
    this.#ownWeight = Float64Array.from(cells, (_, slot) => 1 / own[9 * slot + 4]!);
  }

  /** Takes one channel's right-hand side, [height, width], and starts from v = 0. Returns its norm. */
  load(rightHandSide: Float64Array): number {
    const { width, height, stride } = this.#stencils;
    const { rowFirst, start, end } = this.#runs;
    let sum = 0;
    this.#red.x.values.fill(0);
    this.#black.x.values.fill(0);
    for (let y = 0; y < height; y++) {
      const shift = y * width - (y + 1) * stride - 1;
      for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
        for (const { parity, b } of [this.#red, this.#black]) {
          const p = halfIndex(start[r]!, parity);
          sum += take(rightHandSide, 2 * p + parity + shift, b.values, p, halfIndex(end[r]!, parity));
        }
      }
    }
    return Math.sqrt(sum);
  }

  /** Writes the solution into one channel, [height, width], 0 where there is no unknown. */
  store(out: Float64Array): void {
    const { width, height, stride } = this.#stencils;
    for (let y = 0; y < height; y++) {
      const first = (y + 1) * stride + 1;
      for (const { parity, x } of [this.#red, this.#black]) {
        const p = halfIndex(first, parity);
        put(x.values, p, halfIndex(first + width, parity), out, y * width + 2 * p + parity - first);
      }
    }
  }

  /**
   * Corrects the black pixels by the coarse level where it `isSolved`, relaxes red, black, red and black in turn, and
   * leaves the coarse level the residual as its next right-hand side: that of the red pixels, the black having none.
   * Returns the residual's norm.
   *
   * Each step follows one row behind the one before it, so that all of it is one pass over memory. Red pixels need no
   * correction: relaxation gives them a value from the black ones alone.
   */
  pass(coarse: CoarseLevel | undefined, isSolved: boolean): number {
    const height = this.#stencils.height;
    const solved = isSolved ? coarse : undefined;
    let sum = 0;
    for (let y = -1; y < height + 5; y++) {
      if (solved !== undefined && y + 1 < height) this.#correctRow(y + 1, solved);
      if (y >= 0 && y < height) this.#relaxRow(y, this.#red, this.#black.x);
      if (y >= 1 && y < height + 1) this.#relaxRow(y - 1, this.#black, this.#red.x);
      if (y >= 2 && y < height + 2) this.#relaxRow(y - 2, this.#red, this.#black.x);
      if (y >= 3 && y < height + 3) this.#relaxRow(y - 3, this.#black, this.#red.x);
      if (y >= 4 && y < height + 4) sum += this.#residualRow(y - 4);
      if (coarse !== undefined && y >= 5 && (y & 1) === 1) this.#restrictRow((y - 5) >> 1, coarse);
    }
    if (coarse !== undefined) scatter(this.#ownResidual, this.#interpolation, coarse.stride, coarse.b.values);
    return Math.sqrt(sum);
  }

  /** Follows a change of `x` and `residual`: gives the black pixels their values, and the coarse level the residual. */
  follow(coarse: CoarseLevel | undefined): void {
    for (let y = 0; y < this.#stencils.height; y++) this.#relaxRow(y, this.#black, this.#red.x);
    if (coarse === undefined) return;
    for (let y = 0; 2 * y < this.#stencils.height; y++) this.#restrictRow(y, coarse);
    scatter(this.#ownResidual, this.#interpolation, coarse.stride, coarse.b.values);
  }

  #relaxRow(y: number, { parity, x, b }: Colour, other: Plane): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const half = this.#stencils.stride >> 1;
    const { relaxFine } = this.#loops;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const from = halfIndex(start[r]!, parity);
      const to = halfIndex(end[r]!, parity);
      if (tag[r] === REGULAR) {
        const left = other.at + 8 * (from + parity - 1);
        relaxFine(x.at + 8 * from, b.at + 8 * from, left, left - 8 * half, left + 8 * (half + 1), to - from);
      } else {
        const slot = tag[r]! + 2 * from + parity - start[r]!;
        relaxOwn(x.values, b.values, from, to, other.values, parity, half, this.#ownWeight, slot);
      }
    }
  }

  #residualRow(y: number): number {
    const { rowFirst, start, end, tag } = this.#runs;
    const { stride, own } = this.#stencils;
    const { x, b } = this.#red;
    const black = this.#black.x;
    const half = stride >> 1;
    const { residualFine } = this.#loops;
    let sum = 0;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const from = halfIndex(start[r]!, 0);
      const to = halfIndex(end[r]!, 0);
      if (tag[r] === REGULAR) {
        const left = black.at + 8 * (from - 1);
        sum += residualFine(
          this.#residual.at + 8 * from,
          x.at + 8 * from,
          b.at + 8 * from,
          left,
          left - 8 * half,
          left + 8 * (half + 1),
          to - from,
        );
      } else {
        const slot = tag[r]! + 2 * from - start[r]!;
        sum += residualOwn(x.values, b.values, from, to, black.values, half, own, slot, this.#ownResidual);
      }
    }
    return sum;
  }

  #restrictRow(y: number, { b, stride, width }: CoarseLevel): void {
    const half = this.#stencils.stride >> 1;
    const centre = this.#residual.at + 8 * (((2 * y + 1) * this.#stencils.stride + 1) >> 1);
    const to = b.at + 8 * ((y + 1) * stride + 1);
    this.#loops.restrictFine(to, centre, centre - 8 * (half + 1), centre + 8 * half, width);
  }

  #correctRow(y: number, { x: { at, values }, stride }: CoarseLevel): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { base, weight } = this.#interpolation;
    const x = this.#black.x;
    const first = (y + 1) * this.#stencils.stride + 1;
    const above = at + 8 * (((y >> 1) + 1) * stride + 1);
    const other = (y & 1) === 0 ? 8 : 8 * stride;
    const { correctFine } = this.#loops;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const from = halfIndex(start[r]!, 1);
      const to = halfIndex(end[r]!, 1);
      const i = 2 * from + 1;
      if (tag[r] === REGULAR) {
        const coarse = above + 8 * ((i - first) >> 1);
        correctFine(x.at + 8 * from, coarse, coarse + other, to - from, OVERCORRECTION / 2);
      } else {
        for (let p = from, slot = tag[r]! + i - start[r]!; p < to; p++, slot += 2) {
          x.values[p]! += gather(values, base[slot]!, stride, weight, 4 * slot);
        }
      }
    }
  }
}

/** The length of a colour's arrays. */
function halfOf({ kind }: Stencils): number {
  return (kind.length + 1) >> 1;
}

/** Where in its colour's arrays the first pixel of a parity from padded index i on stands. */
function halfIndex(i: number, parity: 0 | 1): number {
  return (i + 1 - parity) >> 1;
}

/*
 * Of the other colour, the pixel to the right of pixel p stands at p + parity and the one to the left before it; the one
 * above at half a stride before the left one, the one below at half a stride after the right one.
 */

/** Takes every other value from index `at` on. Returns the sum of their squares. */
function take(values: Float64Array, at: number, out: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let p = from, i = at; p < to; p++, i += 2) {
    const value = values[i]!;
    out[p] = value;
    sum += value * value;
  }
  return sum;
}

/** Puts values in every other place from index `at` on. */
function put(values: Float64Array, from: number, to: number, out: Float64Array, at: number): void {
  for (let p = from, i = at; p < to; p++, i += 2) out[i] = values[p]!;
}

/** Relaxes pixels with stencils of their own, which have every other slot from `slot` on. */
function relaxOwn(
  x: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  other: Float64Array,
  parity: number,
  half: number,
  weight: Float64Array,
  slot: number,
): void {
  for (let p = from, q = from + parity, s = slot; p < to; p++, q++, s += 2) {
    const around = b[p]! + (other[q - 1]! + other[q]!) + (other[q - 1 - half]! + other[q + half]!);
    x[p] = around * weight[s]!;
  }
}

/** Writes the residual of such red pixels by slot. Returns the sum of its squares. */
function residualOwn(
  x: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  black: Float64Array,
  half: number,
  own: Float64Array,
  slot: number,
  out: Float64Array,
): number {
  let sum = 0;
  for (let p = from, s = slot; p < to; p++, s += 2) {
    const around = black[p - 1]! + black[p]! + (black[p - 1 - half]! + black[p + half]!);
    const value = b[p]! + around - own[9 * s + 4]! * x[p]!;
    out[s] = value;
    sum += value * value;
  }
  return sum;
}
