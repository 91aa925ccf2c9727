import type { Plane } from '../loops/linear-memory.ts';
import type { Grid } from './grid.ts';
import { gather, scatter, type Interpolation } from './interpolation.ts';
import type { RegionMemory } from './region-loops.ts';
import { findRuns, type Runs } from './runs.ts';
import { REGULAR, type Stencils } from './stencils.ts';

/**
 * One coarse grid of the hierarchy: A·x = b with 3×3 stencils. Cells without an unknown stay 0 in `x`; what stands
 * there in `b` counts for nothing.
 *
 * Gauss–Seidel in four colours, by the parities of row and column. The order, the cells between coarse ones along a
 * line first, was the best of those tried, before and after the correction. Each colour follows one row behind the one
 * before it, and what comes before or after a sweep goes along, so that all of it is one pass over memory.
 */
export class CoarseLevel {
  readonly x: Plane;
  readonly b: Plane;
  readonly #loops: RegionMemory['loops'];
  readonly #stencils: Stencils;
  readonly #interpolation: Interpolation;
  readonly #runs: Runs;
  /** b − A·x on the regular cells, 0 elsewhere. */
  readonly #residual: Plane;
  /** The same on the cells with a stencil of their own, by slot. */
  readonly #ownResidual: Float64Array;

  /** What the constructor takes of a memory. */
  static bytesFor({ stencils }: Grid): number {
    return 3 * 8 * stencils.kind.length;
  }

  /** `interpolation` leads from this level to the next coarser one. */
  constructor({ stencils, interpolation }: Grid, memory: RegionMemory) {
    const cells = stencils.kind.length;
    this.#loops = memory.loops;
    this.#stencils = stencils;
    this.#interpolation = interpolation;
    this.#runs = findRuns(stencils);
    this.x = memory.plane(cells);
    this.b = memory.plane(cells);
    this.#residual = memory.plane(cells);
    this.#ownResidual = new Float64Array(stencils.cells.length);
  }

  get width(): number {
    return this.#stencils.width;
  }

  get stride(): number {
    return this.#stencils.stride;
  }

  /** One sweep from 0, whose residual becomes the right-hand side of the coarser level. */
  begin(coarser: CoarseLevel | undefined): void {
    const { height } = this.#stencils;
    this.x.values.fill(0);
    for (let y = 0; y < height + 4; y += 2) {
      this.#relaxRows(y);
      if (coarser === undefined || y < 4) continue;
      this.#residualRow(y - 4);
      if (y - 3 < height) this.#residualRow(y - 3);
      this.#restrictRow((y - 4) >> 1, coarser);
    }
    if (coarser !== undefined) {
      scatter(this.#ownResidual, this.#interpolation, coarser.stride, coarser.b.values);
    }
  }

  /** Adds the coarser level's solution, interpolated, and sweeps once more. */
  finish(coarser: CoarseLevel | undefined): void {
    const { height } = this.#stencils;
    for (let y = 0; y < height + 4; y += 2) {
      if (coarser !== undefined) {
        if (y < height) this.#correctRow(y, coarser);
        if (y + 1 < height) this.#correctRow(y + 1, coarser);
      }
      this.#relaxRows(y);
    }
  }

  /** Relaxes every other cell of an even row y and of the three above it, those of each colour that are due. */
  #relaxRows(y: number): void {
    const { height } = this.#stencils;
    if (y < height) this.#relaxRow(y, 1);
    if (y >= 2 && y - 1 < height) this.#relaxRow(y - 1, 1);
    if (y >= 2 && y - 2 < height) this.#relaxRow(y - 2, 0);
    if (y >= 4 && y - 3 < height) this.#relaxRow(y - 3, 0);
  }

  /** Those whose padded index is of the parity. */
  #relaxRow(y: number, parity: number): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { stride, regular, own } = this.#stencils;
    const { x, b } = this;
    const { relaxCoarse } = this.#loops;
    const [side, corner, weight] = [-regular[1]!, -regular[0]!, 1 / regular[4]!];
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const from = start[r]! + ((start[r]! ^ parity) & 1);
      const to = end[r]!;
      if (tag[r] === REGULAR) {
        const here = x.at + 8 * from;
        const rows = 8 * stride;
        const left = here - 8;
        const count = (to - from + 1) >> 1;
        relaxCoarse(here, b.at + 8 * from, left, left - rows, left + rows, count, side, corner, weight);
      } else relaxOwn(x.values, b.values, from, to, stride, own, tag[r]! + from - start[r]!);
    }
  }

  #residualRow(y: number): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { stride, regular, own } = this.#stencils;
    const { x, b } = this;
    const { residualCoarse } = this.#loops;
    const [side, corner, middle] = [regular[1]!, regular[0]!, regular[4]!];
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const from = start[r]!;
      const to = end[r]!;
      if (tag[r] === REGULAR) {
        const left = x.at + 8 * from - 8;
        const rows = 8 * stride;
        const out = this.#residual.at + 8 * from;
        residualCoarse(out, b.at + 8 * from, left, left - rows, left + rows, to - from, side, corner, middle);
      } else residualOwn(x.values, b.values, from, to, stride, own, tag[r]!, this.#ownResidual);
    }
  }

  #restrictRow(y: number, { b, stride, width }: CoarseLevel): void {
    const rows = 8 * this.#stencils.stride;
    const left = this.#residual.at + (2 * y + 1) * rows;
    this.#loops.restrictCoarse(b.at + 8 * ((y + 1) * stride + 1), left, left - rows, left + rows, width);
  }

  #correctRow(y: number, coarser: CoarseLevel): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { base, weight } = this.#interpolation;
    const { correctUnder, correctAmong } = this.#loops;
    const { at, values } = this.x;
    const first = (y + 1) * this.#stencils.stride + 1;
    const above = coarser.x.at + 8 * (((y >> 1) + 1) * coarser.stride + 1);
    const below = above + 8 * (y & 1) * coarser.stride;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const from = start[r]!;
      const to = end[r]!;
      if (tag[r] === REGULAR) {
        const under = from + ((from - first) & 1);
        const among = from + ((from - first + 1) & 1);
        const under8 = 4 * (under - first);
        const among8 = 4 * (among - 1 - first);
        correctUnder(at + 8 * under, above + under8, below + under8, (to - under + 1) >> 1);
        correctAmong(at + 8 * among, above + among8, below + among8, (to - among + 1) >> 1);
      } else {
        for (let k = from, slot = tag[r]!; k < to; k++, slot++) {
          values[k]! += gather(coarser.x.values, base[slot]!, coarser.stride, weight, 4 * slot);
        }
      }
    }
  }
}

/* The loops over stretches of cells with stencils of their own, at from … to−1 of a padded grid. */

/** Every other cell, the first of them with `slot`. */
function relaxOwn(
  x: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  stride: number,
  own: Float64Array,
  slot: number,
): void {
  for (let i = from, k = 9 * slot; i < to; i += 2, k += 18) {
    x[i] = (b[i]! - besides(x, i, stride, own, k)) / own[k + 4]!;
  }
}

function residualOwn(
  x: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  stride: number,
  own: Float64Array,
  slot: number,
  out: Float64Array,
): void {
  for (let i = from, s = slot; i < to; i++, s++) {
    out[s] = b[i]! - besides(x, i, stride, own, 9 * s) - own[9 * s + 4]! * x[i]!;
  }
}

/** What the stencil at own[k … k+8] takes from the neighbours of cell i. */
function besides(x: Float64Array, i: number, stride: number, own: Float64Array, k: number): number {
  const n = i - stride;
  const s = i + stride;
  return (
    own[k]! * x[n - 1]! +
    own[k + 1]! * x[n]! +
    own[k + 2]! * x[n + 1]! +
    (own[k + 3]! * x[i - 1]! + own[k + 5]! * x[i + 1]!) +
    (own[k + 6]! * x[s - 1]! + own[k + 7]! * x[s]! + own[k + 8]! * x[s + 1]!)
  );
}
