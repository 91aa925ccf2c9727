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

/**
 * The same graph with what its nodes pass between them named by position, so that names tell nothing of how the
 * graph came about. Inputs, initializers and outputs keep their names.
 */
export function renumbered(graph: Graph): Graph {
  const kept = new Set(graph.outputs.map(({ name }) => name));
  const names = new Map<string, string>();
  for (const { op, outputs } of graph.nodes) {
    for (const ref of outputs) if (!kept.has(ref)) names.set(ref, `${op.toLowerCase()}_${names.size}`);
  }
  const named = (ref: string) => names.get(ref) ?? ref;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(named),
    outputs: node.outputs.map(named),
  }));
  return { ...graph, nodes };
}
