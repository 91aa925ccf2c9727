/**
 * The tensor operations a training step is written in. One derivation serves every engine: an engine that builds
 * graphs implements these by adding nodes, one that computes eagerly by computing.
 *
 * All tensors are float32. Matrices are row-major, [rows, columns]; samples stand in rows.
 */
/** Whether a result has to be as good as float32 or may be rounded to about 8 bits. */
export type Precision = 'full' | 'coarse';

export interface GemmOptions {
  /** Use aᵀ. */
  readonly transA?: boolean;
  /** Use bᵀ. */
  readonly transB?: boolean;
  readonly alpha?: number;
  readonly beta?: number;
  /** Of the factors: coarse for sums of so many that rounding averages out. Default: full. */
  readonly precision?: Precision;
}

export interface Ops<T> {
  /** α·op(a)·op(b) + β·c, c of the product's own shape. */
  gemm(a: T, b: T, c?: T, options?: GemmOptions): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  sin(a: T, precision?: Precision): T;
  cos(a: T, precision?: Precision): T;
  sqrt(a: T): T;
  /** A number as a tensor that broadcasts against any other. */
  scalar(value: number): T;
  /** Sum over rows: [n, m] → [m]. */
  sumRows(a: T): T;
  /** Sum of all elements, a scalar. */
  sumAll(a: T): T;
  /** The smaller of two scalars. */
  min(a: T, b: T): T;
}

/** The same operations; an engine that gains by it may take products, sines and cosines coarsely. */
export function coarsely<T>(ops: Ops<T>): Ops<T> {
  const precision = 'coarse';
  return {
    ...ops,
    gemm: (a, b, c, options) => ops.gemm(a, b, c, { ...options, precision }),
    sin: (a) => ops.sin(a, precision),
    cos: (a) => ops.cos(a, precision),
  };
}
