import { REGULAR, strideOf, type Stencils } from './stencils.ts';

/**
 * How the cells with a stencil of their own take their value from the grid of every other line and column.
 *
 * Slot s has weight[4s … 4s+3] of the coarse cells base[s], the next, and the two below those. All other cells are
 * interpolated bilinearly.
 */
export interface Interpolation {
  readonly base: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Interpolation by the operator itself (Dendy's black box multigrid, J. Comput. Phys. 48, 1982): a cell between two
 * coarse ones solves its stencil summed across that line, a cell among four its full stencil. So near a Dirichlet
 * pixel values fall towards it wherever it lies between the coarse cells, and along a free side they are copied.
 */
export function interpolationOf({ width, stride, kind, own, cells }: Stencils): Interpolation {
  const coarseStride = strideOf((width + 1) >> 1);
  const base = new Int32Array(cells.length);
  const weight = new Float64Array(4 * cells.length);
  const amongFour: number[] = [];
  cells.forEach((i, slot) => {
    const x = (i % stride) - 1;
    const y = Math.floor(i / stride) - 1;
    base[slot] = ((y >> 1) + 1) * coarseStride + (x >> 1) + 1;
    const a = own.subarray(9 * slot, 9 * slot + 9);
    const oddX = (x & 1) === 1;
    const oddY = (y & 1) === 1;
    if (oddX && oddY) amongFour.push(slot);
    else if (oddX) {
      const across = a[1]! + a[4]! + a[7]!;
      weight[4 * slot] = share(a[0]! + a[3]! + a[6]!, across);
      weight[4 * slot + 1] = share(a[2]! + a[5]! + a[8]!, across);
    } else if (oddY) {
      const across = a[3]! + a[4]! + a[5]!;
      weight[4 * slot] = share(a[0]! + a[1]! + a[2]!, across);
      weight[4 * slot + 2] = share(a[6]! + a[7]! + a[8]!, across);
    } else weight[4 * slot] = 1;
  });
  for (const slot of amongFour) {
    const i = cells[slot]!;
    const a = own.subarray(9 * slot, 9 * slot + 9);
    /** Passes the weight of the cell beside on to the two coarse cells it is interpolated from. */
    const passOn = (
      coefficient: number,
      beside: number,
      step: number,
      first: number,
      second: number,
    ): void => {
      const other = kind[beside]!;
      const w = share(coefficient, a[4]!);
      if (w === 0) return;
      weight[4 * slot + first]! += w * (other === REGULAR ? 0.5 : weight[4 * other]!);
      weight[4 * slot + second]! += w * (other === REGULAR ? 0.5 : weight[4 * other + step]!);
    };
    [0, 2, 6, 8].forEach((corner, k) => (weight[4 * slot + k] = share(a[corner]!, a[4]!)));
    passOn(a[1]!, i - stride, 1, 0, 1);
    passOn(a[7]!, i + stride, 1, 2, 3);
    passOn(a[3]!, i - 1, 2, 0, 2);
    passOn(a[5]!, i + 1, 2, 1, 3);
  }
  return { base, weight };
}

/** −coupling/diagonal, kept within 0…1 where a coarse stencil has couplings of the wrong sign. */
function share(coupling: number, diagonal: number): number {
  return diagonal > 0 ? Math.min(Math.max(-coupling / diagonal, 0), 1) : 0;
}

/** The value that weight[k … k+3] give of the coarse cells at `base`. */
export function gather(
  values: Float64Array,
  base: number,
  stride: number,
  weight: Float64Array,
  k: number,
): number {
  return (
    weight[k]! * values[base]! +
    weight[k + 1]! * values[base + 1]! +
    (weight[k + 2]! * values[base + stride]! + weight[k + 3]! * values[base + stride + 1]!)
  );
}

/** The transpose of `gather`, for all slots. */
export function scatter(
  values: Float64Array,
  { base, weight }: Interpolation,
  stride: number,
  out: Float64Array,
): void {
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot]!;
    const to = base[slot]!;
    out[to]! += weight[4 * slot]! * value;
    out[to + 1]! += weight[4 * slot + 1]! * value;
    out[to + stride]! += weight[4 * slot + 2]! * value;
    out[to + stride + 1]! += weight[4 * slot + 3]! * value;
  }
}
