import type { GraphBuilder, Ref } from '../onnx/graph-builder.ts';
import { graphOps } from '../onnx/graph-ops.ts';
import type { Trigonometry } from '../onnx/trigonometry.ts';
import type { GemmOptions, Ops } from '../siren/ops.ts';
import { CoarseProducts, isWorthRounding } from './coarse-products.ts';

type Shape = readonly [rows: number, columns: number];

/** What a runtime's matrix products and sines want of the graph. */
export interface OpsProfile {
  /** What sine and cosine are made of. Default: the runtime's own. */
  readonly trigonometry?: Trigonometry;
  /**
   * A sum over more rows than twice these is taken in slabs of about so many, side by side, and then over the slabs:
   * a GPU parallelises over a product's rows and columns, and W̄ = hᵀz̄ has few of them and sums over many samples.
   */
  readonly slabRows?: number;
  /**
   * W̄ = hᵀz̄ of at most so many columns is taken as (z̄ᵀh)ᵀ: a CPU's products are made for many columns and few rows, not
   * the other way round.
   */
  readonly fewColumns?: number;
  /** Whether coarse products of some size are taken of factors rounded to 8 bits. */
  readonly roundsCoarse?: boolean;
}

/**
 * Into how many equal slabs to cut a sum over `rows`: the most that leave each at least `slabRows`, 1 where none divides it.
 */
export function slabCount(rows: number, slabRows: number | undefined): number {
  let count = slabRows === undefined ? 1 : Math.max(1, Math.floor(rows / slabRows));
  while (rows % count !== 0) count--;
  return count;
}

const onlyTransposed = ({ transA, transB, alpha = 1, beta = 1 }: GemmOptions = {}) =>
  transA === true && transB !== true && alpha === 1 && beta === 1;

/** Graph operations that count the floating-point operations of every matrix product they add. */
export class CountedOps {
  private readonly shapes = new Map<Ref, Shape>();
  readonly ops: Ops<Ref>;
  flops = 0;
  /** Whether any of the products is of factors rounded to 8 bits. */
  roundsProducts = false;

  constructor(
    readonly graph: GraphBuilder,
    profile: OpsProfile = {},
  ) {
    const ops = graphOps(graph, profile.trigonometry);
    const coarse = new CoarseProducts(graph);
    const like = (ref: Ref, ...models: Ref[]): Ref => {
      const known = models.flatMap((model) => this.shapes.get(model) ?? []);
      const rows = known.filter((_, i) => i % 2 === 0);
      const columns = known.filter((_, i) => i % 2 === 1);
      if (known.length > 0) this.shapes.set(ref, [Math.max(...rows), Math.max(...columns)]);
      return ref;
    };
    this.ops = {
      ...ops,
      gemm: (a, b, c, options) => {
        const [m, k] = this.shapeOf(a, options?.transA);
        const [, n] = this.shapeOf(b, options?.transB);
        this.flops += 2 * m * k * n;
        const isWeightGradient = onlyTransposed(options);
        const slabs = isWeightGradient ? slabCount(k, profile.slabRows) : 1;
        const isTurned = isWeightGradient && n <= (profile.fewColumns ?? 0);
        const isRounded =
          profile.roundsCoarse === true && options?.precision === 'coarse' && isWorthRounding(m, k, n);
        this.roundsProducts ||= isRounded;
        const ref = isRounded
          ? coarse.gemm(a, b, c, options)
          : slabs > 1
            ? this.inSlabs(slabs, [m, k, n], a, b, c)
            : isTurned
              ? this.turned(a, b, c)
              : ops.gemm(a, b, c, options);
        this.shapes.set(ref, [m, n]);
        return ref;
      },
      add: (a, b) => like(ops.add(a, b), a, b),
      sub: (a, b) => like(ops.sub(a, b), a, b),
      mul: (a, b) => like(ops.mul(a, b), a, b),
      div: (a, b) => like(ops.div(a, b), a, b),
      sin: (a, precision) => like(ops.sin(a, precision), a),
      cos: (a, precision) => like(ops.cos(a, precision), a),
      sumRows: (a) => {
        const [rows, columns] = this.shapeOf(a);
        const slabs = slabCount(rows, profile.slabRows);
        if (slabs === 1) return ops.sumRows(a);
        return graph.sum(graph.sum(this.cut(a, slabs, rows, columns), [1]), [0]);
      },
    };
  }

  /** aᵀb + c by way of bᵀa. */
  private turned(a: Ref, b: Ref, c?: Ref): Ref {
    const { graph } = this;
    const product = graph.op('Transpose', [graph.gemm(b, a, undefined, { transA: true })]);
    return c === undefined ? product : graph.add(product, c);
  }

  /** A graph input; a matrix's shape is remembered. */
  input(name: string, dims: readonly number[]): Ref {
    const [rows, columns] = dims;
    if (rows !== undefined && columns !== undefined) this.shapes.set(name, [rows, columns]);
    return this.graph.input(name, dims);
  }

  /** The unit vector along an axis, once for each of n rows. */
  axis(x: number, y: number, rows: number): Ref {
    const ref = this.graph.op('Expand', [this.graph.constant([x, y], [1, 2]), this.graph.ints(rows, 2)]);
    this.shapes.set(ref, [rows, 2]);
    return ref;
  }

  /** aᵀb + c as the sum of a batch of smaller products. */
  private inSlabs(slabs: number, [m, k, n]: readonly [number, number, number], a: Ref, b: Ref, c?: Ref): Ref {
    const { graph } = this;
    const across = graph.op('Transpose', [this.cut(a, slabs, k, m)], { perm: { ints: [0, 2, 1] } });
    const sum = graph.sum(graph.op('MatMul', [across, this.cut(b, slabs, k, n)]), [0]);
    return c === undefined ? sum : graph.add(sum, c);
  }

  private cut(a: Ref, slabs: number, rows: number, columns: number): Ref {
    return this.graph.op('Reshape', [a, this.graph.ints(slabs, rows / slabs, columns)]);
  }

  private shapeOf(ref: Ref, transposed = false): Shape {
    const shape = this.shapes.get(ref);
    if (!shape) throw new Error(`the shape of ${ref} is not known`);
    return transposed ? [shape[1], shape[0]] : shape;
  }
}
