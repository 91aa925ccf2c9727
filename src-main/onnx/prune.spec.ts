import { expect, it } from 'vitest';
import { GraphBuilder } from './graph-builder.ts';
import { renumbered, withoutUnused } from './prune.ts';

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

it('names what nodes pass on by position alone, whatever was built beside it', () => {
  const built = (detour: boolean) => {
    const graph = new GraphBuilder();
    const x = graph.input('x', [1]);
    if (detour) graph.cos(x);
    const sine = graph.sin(x);
    graph.output('y', graph.add(sine, graph.mul(sine, sine)), [1]);
    return renumbered(withoutUnused(graph.toModel('g').graph));
  };
  expect(built(true)).toEqual(built(false));
  expect(built(true).nodes.map(({ inputs, outputs }) => [...inputs, ...outputs])).toEqual([
    ['x', 'sin_0'],
    ['sin_0', 'sin_0', 'mul_1'],
    ['sin_0', 'mul_1', 'y'],
  ]);
});
