/**
 * The operations of a training step computed at once, in float64, by plain loops: the oracle that engines are
 * compared with. Not for training.
 */
import type { Ops } from './ops.ts';

/** A matrix; scalars are 1×1 and rows 1×m, both broadcast. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function matrix(rows: number, columns: number, data: ArrayLike<number>): Matrix {
  return { rows, columns, data: Float64Array.from(data) };
}

function zip(a: Matrix, b: Matrix, f: (x: number, y: number) => number): Matrix {
  const rows = Math.max(a.rows, b.rows);
  const columns = Math.max(a.columns, b.columns);
  const at = (m: Matrix, i: number, j: number) =>
    m.data[(m.rows === 1 ? 0 : i) * m.columns + (m.columns === 1 ? 0 : j)]!;
  return matrix(
    rows,
    columns,
    Array.from({ length: rows * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      return f(at(a, row, column), at(b, row, column));
    }),
  );
}

const map = (a: Matrix, f: (x: number) => number) => matrix(a.rows, a.columns, a.data.map(f));

function transposed({ rows, columns, data }: Matrix): Matrix {
  return matrix(
    columns,
    rows,
    Array.from({ length: rows * columns }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!),
  );
}

function product(a: Matrix, b: Matrix): Matrix {
  const out = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const x = a.data[i * a.columns + k]!;
      for (let j = 0; j < b.columns; j++) out[i * b.columns + j]! += x * b.data[k * b.columns + j]!;
    }
  }
  return matrix(a.rows, b.columns, out);
}

export const plainOps: Ops<Matrix> = {
  gemm(a, b, c, { transA = false, transB = false, alpha = 1, beta = 1 } = {}) {
    const ab = map(product(transA ? transposed(a) : a, transB ? transposed(b) : b), (x) => alpha * x);
    return c === undefined ? ab : zip(ab, c, (x, y) => x + beta * y);
  },
  add: (a, b) => zip(a, b, (x, y) => x + y),
  sub: (a, b) => zip(a, b, (x, y) => x - y),
  mul: (a, b) => zip(a, b, (x, y) => x * y),
  div: (a, b) => zip(a, b, (x, y) => x / y),
  min: (a, b) => zip(a, b, Math.min),
  sin: (a) => map(a, Math.sin),
  cos: (a) => map(a, Math.cos),
  sqrt: (a) => map(a, Math.sqrt),
  scalar: (value) => matrix(1, 1, [value]),
  sumRows: (a) => product(matrix(1, a.rows, new Float64Array(a.rows).fill(1)), a),
  sumAll: (a) => matrix(1, 1, [a.data.reduce((x, y) => x + y, 0)]),
};
