import { expect, it } from 'vitest';
import { GraphBuilder } from './graph-builder.ts';
import { withoutUnused } from './prune.ts';

it('drops what no output depends on, chains of it too, and keeps the rest in order', () => {
  const graph = new GraphBuilder();
  const x = graph.input('x', [1]);
  const unused = graph.initializer('unused', { type: 'float32', dims: [1], data: [1] });
  const used = graph.initializer('used', { type: 'float32', dims: [1], data: [2] });
  graph.sin(graph.cos(graph.add(x, unused)));
  const [left, right] = graph.ops('Split', [graph.mul(x, used)], 2);
  graph.cos(left!);
  graph.output('y', graph.sin(right!), [1]);
  const pruned = withoutUnused(graph.toModel('g').graph);
  expect(pruned.nodes.map(({ op }) => op)).toEqual(['Mul', 'Split', 'Sin']);
  expect(pruned.initializers.map(({ name }) => name)).toEqual(['used']);
});
