import type { SirenSpec } from '../../src-shared/model/training.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { graphOps } from '../onnx/graph-ops.ts';
import type { Order } from '../siren/engine.ts';
import { forward } from '../siren/loss-gradient.ts';
import { layerShapes } from '../siren/spec.ts';
import type { OpsProfile } from './counted-ops.ts';

/** Outputs of the evaluation graph, in the order of what an Order asks for. */
export const evaluationOutputs = (order: Order): ('value' | 'dx' | 'dy' | 'laplacian')[] =>
  (['value', 'dx', 'dy', 'laplacian'] as const).slice(0, [1, 3, 4][order]);

/** Φ and its derivatives at `points` [rows, 2], the parameters W0, b0, … as inputs, so that one session serves a training. */
export function evaluationGraph(
  spec: SirenSpec,
  order: Order,
  rows: number,
  { trigonometry }: OpsProfile = {},
): Uint8Array {
  const graph = new GraphBuilder();
  const ops = graphOps(graph, trigonometry);
  const layers = layerShapes(spec);
  const network = {
    W: layers.map(({ inputs, outputs }, k) => graph.input(`W${k}`, [inputs, outputs])),
    b: layers.map(({ outputs }, k) => graph.input(`b${k}`, [outputs])),
  };
  const points = graph.input('points', [rows, 2]);
  const axis = (x: number, y: number) =>
    graph.op('Expand', [graph.constant([x, y], [1, 2]), graph.ints(rows, 2)]);
  const first = order === 0 ? [] : [axis(1, 0), axis(0, 1)];
  const { output } = forward(ops, network, { h: points, first }, order === 2);
  const streams = { value: output.h, dx: output.first[0], dy: output.first[1], laplacian: output.laplacian };
  for (const name of evaluationOutputs(order)) graph.output(name, streams[name]!, [rows, spec.channels]);
  return graph.toBytes('evaluation');
}
