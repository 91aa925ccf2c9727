import type { Domain } from './domain.ts';

/** No unknown here. */
export const ABSENT = -1;
/** The level's regular stencil, and all eight neighbours are unknowns. */
export const REGULAR = -2;

/**
 * A level's linear operator as 3×3 stencils, rows first, on a grid padded by one cell all around.
 *
 * Away from edges all stencils are equal and stored once; the others have a slot each, in the order of the grid.
 * The stride is odd, so that the parity of a padded index is that of x + y.
 */
export interface Stencils {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** Per padded cell: ABSENT, REGULAR, or the slot of its own stencil. */
  readonly kind: Int32Array;
  readonly regular: Float64Array;
  /** Nine coefficients a slot; those towards absent cells are 0. */
  readonly own: Float64Array;
  /** The padded index of each slot's cell. */
  readonly cells: Int32Array;
}

/** The stride of a padded grid. */
export function strideOf(width: number): number {
  return (width + 2) | 1;
}

/** The pixels' 5-point operator: 4 (fewer at free sides) on the diagonal, −1 towards each neighbour in the region. */
export function fivePointStencils({ width, height, inside, free }: Domain): Stencils {
  const stride = strideOf(width);
  const kind = new Int32Array(stride * (height + 2)).fill(ABSENT);
  const threeWide = new Uint8Array(kind.length);
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1;
    markRow(inside, y * width, width, row, kind, threeWide);
    threeWide[row] = 0;
    threeWide[row + width - 1] = 0;
  }
  const cells = assignSlots(width, height, stride, kind, threeWide);
  const own = new Float64Array(9 * cells.length);
  cells.forEach((i, slot) => {
    const x = (i % stride) - 1;
    const y = Math.floor(i / stride) - 1;
    const missing =
      Number(free.left && x === 0) +
      Number(free.right && x === width - 1) +
      Number(free.top && y === 0) +
      Number(free.bottom && y === height - 1);
    own[9 * slot + 4] = 4 - missing;
    [i - stride, i - 1, i + 1, i + stride].forEach((neighbour, k) => {
      if (kind[neighbour] !== ABSENT) own[9 * slot + 2 * k + 1] = -1;
    });
  });
  const regular = Float64Array.of(0, -1, 0, -1, 4, -1, 0, -1, 0);
  return { width, height, stride, kind, regular, own, cells };
}

/** Notes a row's present cells, and whether those on their left and right are present too. */
function markRow(
  inside: Uint8Array,
  from: number,
  width: number,
  to: number,
  kind: Int32Array,
  threeWide: Uint8Array,
): void {
  for (let x = 0; x < width; x++) {
    if (inside[from + x] === 0) continue;
    kind[to + x] = REGULAR;
    threeWide[to + x] = inside[from + x - 1]! & inside[from + x + 1]!;
  }
}

/**
 * Gives each present cell that is not regular a slot in `kind`, and lists those cells in order. Regular are those that
 * are `threeWide`, as are the ones above and below.
 */
export function assignSlots(
  width: number,
  height: number,
  stride: number,
  kind: Int32Array,
  threeWide: Uint8Array,
): Int32Array {
  const cells: number[] = [];
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1;
    assignRow(row, row + width, stride, kind, threeWide, cells);
  }
  return Int32Array.from(cells);
}

function assignRow(
  from: number,
  to: number,
  stride: number,
  kind: Int32Array,
  threeWide: Uint8Array,
  cells: number[],
): void {
  for (let i = from; i < to; i++) {
    if (kind[i] === ABSENT) continue;
    if ((threeWide[i - stride]! & threeWide[i]! & threeWide[i + stride]!) === 1) continue;
    kind[i] = cells.length;
    cells.push(i);
  }
}
