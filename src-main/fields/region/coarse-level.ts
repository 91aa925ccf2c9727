import { gather, scatter, type Interpolation } from './interpolation.ts';
import { findRuns, type Runs } from './runs.ts';
import { REGULAR, type Stencils } from './stencils.ts';

/** Anything whose residual can be gathered onto a coarser grid. */
export interface Restrictable {
  /** Writes the transpose of interpolation, applied to the residual, into the padded grid of `coarse`. */
  restrict(out: Float64Array, coarse: Stencils): void;
}

/** One coarse grid of the hierarchy: A·x = b with 3×3 stencils. Cells without an unknown stay 0 in `x`. */
export class CoarseLevel implements Restrictable {
  readonly x: Float64Array;
  readonly #stencils: Stencils;
  readonly #interpolation: Interpolation;
  readonly #runs: Runs;
  readonly #b: Float64Array;
  /** b − A·x on the regular cells, 0 elsewhere. */
  readonly #residual: Float64Array;
  /** The same on the cells with a stencil of their own, by slot. */
  readonly #ownResidual: Float64Array;

  /** `interpolation` leads from this level to the next coarser one. */
  constructor(stencils: Stencils, interpolation: Interpolation) {
    const cells = stencils.kind.length;
    this.#stencils = stencils;
    this.#interpolation = interpolation;
    this.#runs = findRuns(stencils);
    this.x = new Float64Array(cells);
    this.#b = new Float64Array(cells);
    this.#residual = new Float64Array(cells);
    this.#ownResidual = new Float64Array(stencils.cells.length);
  }

  get stride(): number {
    return this.#stencils.stride;
  }

  /** Takes the finer level's residual as right-hand side, and starts from 0. */
  receive(finer: Restrictable): void {
    this.x.fill(0);
    finer.restrict(this.#b, this.#stencils);
  }

  /**
   * One sweep of Gauss–Seidel in four colours. This order, the cells between coarse ones along a line first, was the
   * best of those tried, before and after the correction.
   */
  relax(): void {
    this.#relaxRows(0, 1);
    this.#relaxRows(1, 0);
    this.#relaxRows(0, 0);
    this.#relaxRows(1, 1);
  }

  /** Relaxes every other cell from column `x0` on of every other row from `y0` on. */
  #relaxRows(y0: number, x0: number): void {
    for (let y = y0; y < this.#stencils.height; y += 2) this.#relaxRow(y, (x0 + y0) & 1);
  }

  #relaxRow(y: number, parity: number): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { stride, regular, own } = this.#stencils;
    const x = this.x;
    const b = this.#b;
    const side = -regular[1]!;
    const corner = -regular[0]!;
    const weight = 1 / regular[4]!;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const first = start[r]!;
      const stop = end[r]!;
      const from = first + ((first ^ parity) & 1);
      if (tag[r] === REGULAR) {
        let west = x[from - 1]!;
        let farWest = x[from - stride - 1]! + x[from + stride - 1]!;
        for (let i = from; i < stop; i += 2) {
          const n = i - stride;
          const s = i + stride;
          const east = x[i + 1]!;
          const farEast = x[n + 1]! + x[s + 1]!;
          x[i] = (b[i]! + side * (west + east + (x[n]! + x[s]!)) + corner * (farWest + farEast)) * weight;
          west = east;
          farWest = farEast;
        }
        continue;
      }
      for (let i = from, k = 9 * (tag[r]! + from - first); i < stop; i += 2, k += 18) {
        const n = i - stride;
        const s = i + stride;
        x[i] =
          (b[i]! -
            (own[k]! * x[n - 1]! + own[k + 1]! * x[n]! + own[k + 2]! * x[n + 1]!) -
            (own[k + 3]! * x[i - 1]! + own[k + 5]! * x[i + 1]!) -
            (own[k + 6]! * x[s - 1]! + own[k + 7]! * x[s]! + own[k + 8]! * x[s + 1]!)) /
          own[k + 4]!;
      }
    }
  }

  /** Leaves b − A·x where `restrictRow` reads it. */
  computeResidual(): void {
    for (let y = 0; y < this.#stencils.height; y++) this.#residualRow(y);
  }

  #residualRow(y: number): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { stride, regular, own } = this.#stencils;
    const x = this.x;
    const b = this.#b;
    const out = this.#residual;
    const ownResidual = this.#ownResidual;
    const corner = regular[0]!;
    const side = regular[1]!;
    const middle = regular[4]!;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const stop = end[r]!;
      let i = start[r]!;
      if (tag[r] === REGULAR) {
        let west = x[i - 1]!;
        let here = x[i]!;
        let farWest = x[i - stride - 1]! + x[i + stride - 1]!;
        let far = x[i - stride]! + x[i + stride]!;
        for (; i < stop; i++) {
          const east = x[i + 1]!;
          const farEast = x[i - stride + 1]! + x[i + stride + 1]!;
          out[i] = b[i]! - middle * here - side * (west + east + far) - corner * (farWest + farEast);
          west = here;
          here = east;
          farWest = far;
          far = farEast;
        }
        continue;
      }
      let slot = tag[r]!;
      for (let k = 9 * slot; i < stop; i++, k += 9) {
        const n = i - stride;
        const s = i + stride;
        ownResidual[slot++] =
          b[i]! -
          (own[k]! * x[n - 1]! + own[k + 1]! * x[n]! + own[k + 2]! * x[n + 1]!) -
          (own[k + 3]! * x[i - 1]! + own[k + 4]! * x[i]! + own[k + 5]! * x[i + 1]!) -
          (own[k + 6]! * x[s - 1]! + own[k + 7]! * x[s]! + own[k + 8]! * x[s + 1]!);
      }
    }
  }

  restrict(out: Float64Array, coarse: Stencils): void {
    for (let y = 0; y < coarse.height; y++) this.#restrictRow(y, out, coarse);
    scatter(this.#ownResidual, this.#interpolation, coarse.stride, out);
  }

  #restrictRow(y: number, out: Float64Array, coarse: Stencils): void {
    const residual = this.#residual;
    const stride = this.#stencils.stride;
    const first = (2 * y + 1) * stride + 1;
    let o = (y + 1) * coarse.stride + 1;
    for (let i = first; i < first + 2 * coarse.width; i += 2) {
      const n = i - stride;
      const s = i + stride;
      out[o++] =
        residual[i]! +
        0.5 * (residual[i - 1]! + residual[i + 1]! + (residual[n]! + residual[s]!)) +
        0.25 * (residual[n - 1]! + residual[n + 1]! + (residual[s - 1]! + residual[s + 1]!));
    }
  }

  /** Adds a coarser level's solution, interpolated. */
  correct(coarse: CoarseLevel): void {
    for (let y = 0; y < this.#stencils.height; y++) this.#correctRow(y, coarse);
  }

  #correctRow(y: number, coarse: CoarseLevel): void {
    const { rowFirst, start, end, tag } = this.#runs;
    const { base, weight } = this.#interpolation;
    const x = this.x;
    const values = coarse.x;
    const first = (y + 1) * this.#stencils.stride + 1;
    const above = ((y >> 1) + 1) * coarse.stride + 1;
    const below = above + (y & 1) * coarse.stride;
    for (let r = rowFirst[y]!; r < rowFirst[y + 1]!; r++) {
      const stop = end[r]!;
      let i = start[r]!;
      if (tag[r] !== REGULAR) {
        for (let slot = tag[r]!; i < stop; i++, slot++) {
          x[i]! += gather(values, base[slot]!, coarse.stride, weight, 4 * slot);
        }
        continue;
      }
      for (; i < stop; i++) {
        const column = (i - first) >> 1;
        const next = (i - first + 1) >> 1;
        const left = values[above + column]! + values[below + column]!;
        x[i]! += 0.25 * (left + values[above + next]! + values[below + next]!);
      }
    }
  }
}
