import { forward } from '../siren/loss-gradient.ts';
import type { SirenModel } from '../siren/model.ts';
import { layerShapes } from '../siren/spec.ts';
import { GraphBuilder } from './graph-builder.ts';
import { graphOps } from './graph-ops.ts';
import { describe } from './model-metadata.ts';
import type { Model } from './protobuf.ts';
import { renumbered, withoutUnused } from './prune.ts';

/**
 * A network as an ONNX model: `coords` [N, 2] → `rgb`, and with `derivatives` also `dx`, `dy` and `laplacian`,
 * [N, channels] each, by the same forward pass that trains it. Weights are the initializers W0, b0, W1, b1, …
 *
 * The same network always gives the same graph, which is how a file is known to be ours when it is opened.
 */
export function modelGraph(model: SirenModel, derivatives: boolean): Model {
  const graph = new GraphBuilder();
  const coords = graph.input('coords', ['N', 2]);
  const { W, b } = model.parameters;
  const network = { W: [] as string[], b: [] as string[] };
  layerShapes(model.spec).forEach(({ inputs, outputs }, k) => {
    network.W.push(graph.initializer(`W${k}`, { type: 'float32', dims: [inputs, outputs], data: W[k]! }));
    network.b.push(graph.initializer(`b${k}`, { type: 'float32', dims: [outputs], data: b[k]! }));
  });
  // One row each, which broadcasts against N rows after the first affine map.
  const first = derivatives ? [graph.constant([1, 0], [1, 2]), graph.constant([0, 1], [1, 2])] : [];
  const { output } = forward(graphOps(graph), network, { h: coords, first }, derivatives);
  const streams = { rgb: output.h, dx: output.first[0], dy: output.first[1], laplacian: output.laplacian };
  for (const [name, ref] of Object.entries(streams)) {
    if (ref !== undefined) graph.output(name, ref, ['N', model.spec.channels]);
  }
  const built = graph.toModel('siren', describe(model));
  return { ...built, graph: renumbered(withoutUnused(built.graph)) };
}
