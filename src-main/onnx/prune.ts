import type { Graph } from './protobuf.ts';

/** The graph without nodes and initializers that no output depends on. Nodes stand in order of computation. */
export function withoutUnused(graph: Graph): Graph {
  const used = new Set(graph.outputs.map(({ name }) => name));
  const kept = graph.nodes.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((name) => used.has(name))) return false;
    for (const name of inputs) used.add(name);
    return true;
  });
  return {
    ...graph,
    nodes: kept.toReversed(),
    initializers: graph.initializers.filter(({ name }) => used.has(name)),
  };
}
