import type { Ops } from '../../siren/ops.ts';
import type { Tensor, Tensor2D, Tf } from './tf.ts';

/** Numbers that a step uses again and again, made into tensors once. */
export class Scalars {
  private readonly known = new Map<number, Tensor>();

  constructor(private readonly tf: Tf) {}

  /** The tensor of a number; it outlives every tidy, until `dispose`. */
  get(value: number): Tensor {
    const known = this.known.get(value) ?? this.tf.keep(this.tf.scalar(value));
    this.known.set(value, known);
    return known;
  }

  dispose(): void {
    for (const tensor of this.known.values()) tensor.dispose();
    this.known.clear();
  }
}

/** The operations of a training step, computed at once by tfjs. To be used inside a tidy, which frees what they leave. */
export function tfOps(tf: Tf, scalars: Scalars): Ops<Tensor> {
  const scaled = (a: Tensor, factor: number) => (factor === 1 ? a : tf.mul(a, scalars.get(factor)));
  return {
    gemm(a, b, c, { transA = false, transB = false, alpha = 1, beta = 1 } = {}) {
      const ab = scaled(tf.matMul(a as Tensor2D, b as Tensor2D, transA, transB), alpha);
      return c === undefined ? ab : tf.add(ab, scaled(c, beta));
    },
    add: (a, b) => tf.add(a, b),
    sub: (a, b) => tf.sub(a, b),
    mul: (a, b) => tf.mul(a, b),
    div: (a, b) => tf.div(a, b),
    sin: (a) => tf.sin(a),
    cos: (a) => tf.cos(a),
    sqrt: (a) => tf.sqrt(a),
    scalar: (value) => scalars.get(value),
    sumRows: (a) => tf.sum(a, 0),
    sumAll: (a) => tf.sum(a),
    min: (a, b) => tf.minimum(a, b),
  };
}
