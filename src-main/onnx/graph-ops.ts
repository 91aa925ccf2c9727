import type { GraphBuilder, Ref } from './graph-builder.ts';
import type { Ops } from '../siren/ops.ts';

/**
 * 2π in two parts (Cody and Waite 1980): the first has 8 significant bits, so that a whole number of turns times it is
 * exact in float32 up to 2¹⁶ turns; the second is the rest.
 */
const TURN = { high: 6.28125, low: 0.001935307179586477 } as const;

/** Brings angles into about [-π, π], in float32 to about 1e-7 for angles to 10⁴. */
function narrowed(graph: GraphBuilder, angle: Ref): Ref {
  const turns = graph.op('Floor', [graph.add(graph.scale(angle, 1 / (2 * Math.PI)), graph.scalar(0.5))]);
  const rough = graph.sub(angle, graph.scale(turns, TURN.high));
  return graph.sub(rough, graph.scale(turns, TURN.low));
}

/**
 * The operations of a training step as nodes of an ONNX graph.
 *
 * @param narrowAngles for runtimes whose sine and cosine are good near zero only: angles are brought there first, once
 *   for the two of them
 */
export function graphOps(graph: GraphBuilder, narrowAngles = false): Ops<Ref> {
  const known = new Map<Ref, Ref>();
  const angle = (a: Ref) => {
    if (!narrowAngles) return a;
    const near = known.get(a) ?? narrowed(graph, a);
    known.set(a, near);
    return near;
  };
  return {
    gemm: (a, b, c, options) => graph.gemm(a, b, c, options),
    add: graph.add,
    sub: graph.sub,
    mul: graph.mul,
    div: graph.div,
    sin: (a) => graph.sin(angle(a)),
    cos: (a) => graph.cos(angle(a)),
    sqrt: graph.sqrt,
    scalar: (value) => graph.scalar(value),
    sumRows: (a) => graph.sum(a, [0]),
    sumAll: (a) => graph.op('ReduceSum', [a], { keepdims: { int: 0 } }),
    min: (a, b) => graph.op('Min', [a, b]),
  };
}
