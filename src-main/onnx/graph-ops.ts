import type { GraphBuilder, Ref } from './graph-builder.ts';
import type { Ops } from '../siren/ops.ts';
import { coarseSineAndCosine, narrowed, sineAndCosine } from './trigonometry.ts';
import type { Trigonometry } from './trigonometry.ts';

/** The operations of a training step as nodes of an ONNX graph. What sine and cosine of an angle share is made once. */
export function graphOps(graph: GraphBuilder, trigonometry: Trigonometry = 'runtime'): Ops<Ref> {
  const { sin, cos } = trigonometryOf(graph, trigonometry);
  return {
    gemm: (a, b, c, options) => graph.gemm(a, b, c, options),
    add: graph.add,
    sub: graph.sub,
    mul: graph.mul,
    div: graph.div,
    sin,
    cos,
    sqrt: graph.sqrt,
    scalar: (value) => graph.scalar(value),
    sumRows: (a) => graph.sum(a, [0]),
    sumAll: (a) => graph.op('ReduceSum', [a], { keepdims: { int: 0 } }),
    min: (a, b) => graph.op('Min', [a, b]),
  };
}

/** `make`, once for each tensor. */
function remembered<T>(make: (ref: Ref) => T): (ref: Ref) => T {
  const known = new Map<Ref, T>();
  return (ref) => {
    const value = known.get(ref) ?? make(ref);
    known.set(ref, value);
    return value;
  };
}

function trigonometryOf(graph: GraphBuilder, how: Trigonometry): Pick<Ops<Ref>, 'sin' | 'cos'> {
  if (how === 'runtime') return { sin: graph.sin, cos: graph.cos };
  if (how === 'narrowed') {
    const near = remembered((angle) => narrowed(graph, angle));
    return { sin: (angle) => graph.sin(near(angle)), cos: (angle) => graph.cos(near(angle)) };
  }
  const both = {
    full: remembered((angle) => sineAndCosine(graph, angle)),
    coarse: remembered((angle) => coarseSineAndCosine(graph, angle)),
  };
  return {
    sin: (angle, precision = 'full') => both[precision](angle).sin,
    cos: (angle, precision = 'full') => both[precision](angle).cos,
  };
}
