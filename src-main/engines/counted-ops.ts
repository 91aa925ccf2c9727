import type { GraphBuilder, Ref } from '../onnx/graph-builder.ts';
import { graphOps } from '../onnx/graph-ops.ts';
import type { Ops } from '../siren/ops.ts';

type Shape = readonly [rows: number, columns: number];

/** Graph operations that count the floating-point operations of every matrix product they add. */
export class CountedOps {
  private readonly shapes = new Map<Ref, Shape>();
  readonly ops: Ops<Ref>;
  flops = 0;

  constructor(readonly graph: GraphBuilder) {
    const ops = graphOps(graph);
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
        const ref = ops.gemm(a, b, c, options);
        this.shapes.set(ref, [m, n]);
        return ref;
      },
      add: (a, b) => like(ops.add(a, b), a, b),
      sub: (a, b) => like(ops.sub(a, b), a, b),
      mul: (a, b) => like(ops.mul(a, b), a, b),
      div: (a, b) => like(ops.div(a, b), a, b),
      sin: (a) => like(ops.sin(a), a),
      cos: (a) => like(ops.cos(a), a),
    };
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

  private shapeOf(ref: Ref, transposed = false): Shape {
    const shape = this.shapes.get(ref);
    if (!shape) throw new Error(`the shape of ${ref} is not known`);
    return transposed ? [shape[1], shape[0]] : shape;
  }
}
