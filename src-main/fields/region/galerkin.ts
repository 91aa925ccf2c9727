import type { Interpolation } from './interpolation.ts';
import { ABSENT, REGULAR, assignSlots, strideOf, type Stencils } from './stencils.ts';

/**
 * The operator on every other line and column, Pᵀ·A·P with the fine grid's interpolation P.
 *
 * A coarse cell is present where the fine cell under it is; P gives absent cells nothing and takes nothing from them,
 * so the coarse operator knows of every hole and edge of the fine one.
 */
export function coarsen(fine: Stencils, interpolation: Interpolation): Stencils {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const stride = strideOf(width);
  const kind = new Int32Array(stride * (height + 2)).fill(ABSENT);
  // Where a coarse cell's fine neighbours at distance 2 are all regular, so are those between them.
  const threeWide = new Uint8Array(kind.length);
  for (let y = 0; y < height; y++) {
    markRow(fine, (2 * y + 1) * fine.stride + 1, width, (y + 1) * stride + 1, kind, threeWide);
  }
  const cells = assignSlots(width, height, stride, kind, threeWide);
  const own = new Float64Array(9 * cells.length);
  const regular = new Float64Array(9);
  const coarse = { width, height, stride, kind, regular, own, cells };
  cells.forEach((i, slot) => project(fine, interpolation, coarse, i, own, 9 * slot));
  const sample = kind.indexOf(REGULAR);
  if (sample >= 0) project(fine, interpolation, coarse, sample, regular, 0);
  return coarse;
}

/** Notes a row's present coarse cells over every other fine cell from index `f` on. */
function markRow(
  fine: Stencils,
  f: number,
  width: number,
  i: number,
  kind: Int32Array,
  threeWide: Uint8Array,
): void {
  for (let x = 0; x < width; x++, i++, f += 2) {
    if (fine.kind[f] === ABSENT) continue;
    kind[i] = REGULAR;
    const inner = x > 0 && 2 * x + 2 < fine.width;
    if (inner && fine.kind[f - 2] === REGULAR && fine.kind[f] === REGULAR && fine.kind[f + 2] === REGULAR) {
      threeWide[i] = 1;
    }
  }
}

const BILINEAR = [
  Float64Array.of(1, 0, 0, 0),
  Float64Array.of(0.5, 0.5, 0, 0),
  Float64Array.of(0.5, 0, 0.5, 0),
  Float64Array.of(0.25, 0.25, 0.25, 0.25),
] as const;

/**
 * Adds the stencil of the coarse cell at padded index `coarseAt` to out[at …]: over fine cells i interpolated from it,
 * fine cells j beside i, and coarse cells J that j is interpolated from, the sum of P[i]·A[i, j]·P[j, J].
 */
function project(
  fine: Stencils,
  { weight }: Interpolation,
  coarse: Stencils,
  coarseAt: number,
  out: Float64Array,
  at: number,
): void {
  const { kind, stride, regular, own } = fine;
  const x = (coarseAt % coarse.stride) - 1;
  const y = Math.floor(coarseAt / coarse.stride) - 1;
  const centre = (2 * y + 1) * stride + 2 * x + 1;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const here = kind[centre + dy * stride + dx]!;
      if (here === ABSENT) continue;
      // Seen from a cell to the left or above, this coarse cell is the right or lower one.
      const quadrant = (dx < 0 ? 1 : 0) + (dy < 0 ? 2 : 0);
      const taken =
        here === REGULAR ? BILINEAR[(dx & 1) + 2 * (dy & 1)]![quadrant]! : weight[4 * here + quadrant]!;
      const stencil = here === REGULAR ? regular : own;
      let slot = here === REGULAR ? 0 : 9 * here;
      for (let jy = dy - 1; jy <= dy + 1; jy++) {
        for (let jx = dx - 1; jx <= dx + 1; jx++) {
          const value = taken * stencil[slot++]!;
          if (value === 0) continue;
          const beside = kind[centre + jy * stride + jx]!;
          const shares = beside === REGULAR ? BILINEAR[(jx & 1) + 2 * (jy & 1)]! : weight;
          let share = beside === REGULAR ? 0 : 4 * beside;
          for (let cy = jy >> 1; cy <= (jy >> 1) + 1; cy++) {
            for (let cx = jx >> 1; cx <= (jx >> 1) + 1; cx++) {
              const part = shares[share++]!;
              if (part === 0 || coarse.kind[coarseAt + cy * coarse.stride + cx] === ABSENT) continue;
              out[at + 3 * (cy + 1) + cx + 1]! += value * part;
            }
          }
        }
      }
    }
  }
}
