import type { GraphBuilder, Ref } from './graph-builder.ts';
import type { Ops } from '../siren/ops.ts';

/** The operations of a training step as nodes of an ONNX graph. */
export function graphOps(graph: GraphBuilder): Ops<Ref> {
  return {
    gemm: (a, b, c, options) => graph.gemm(a, b, c, options),
    add: graph.add,
    sub: graph.sub,
    mul: graph.mul,
    div: graph.div,
    sin: graph.sin,
    cos: graph.cos,
    sqrt: graph.sqrt,
    scalar: (value) => graph.scalar(value),
    sumRows: (a) => graph.sum(a, [0]),
    sumAll: (a) => graph.op('ReduceSum', [a], { keepdims: { int: 0 } }),
    min: (a, b) => graph.op('Min', [a, b]),
  };
}
