import { describe, expect, it } from 'vitest';
import { GraphBuilder } from './graph-builder.ts';

describe('GraphBuilder', () => {
  it('lets an output take the place of the tensor that a node makes, wherever that is used', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', [2]);
    const sine = graph.sin(x);
    graph.output('sine', sine, [2]);
    graph.output('twice', graph.add(sine, sine), [2]);
    const { nodes, outputs } = graph.toModel('g').graph;
    expect(nodes.map(({ op, inputs, outputs: made }) => [op, inputs, made])).toEqual([
      ['Sin', ['x'], ['sine']],
      ['Add', ['sine', 'sine'], ['twice']],
    ]);
    expect(outputs.map(({ name }) => name)).toEqual(['sine', 'twice']);
  });

  it('passes an input, an initializer and a tensor that is an output already on by an Identity', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', []);
    const w = graph.initializer('w', { type: 'float32', dims: [], data: [1] });
    const sine = graph.sin(x);
    graph.output('sine', sine, []);
    for (const [name, ref] of Object.entries({ again: sine, 'next.x': x, 'next.w': w })) {
      graph.output(name, ref, []);
    }
    const { nodes } = graph.toModel('g').graph;
    expect(nodes.slice(1).map(({ op, inputs, outputs }) => [op, ...inputs, ...outputs])).toEqual([
      ['Identity', 'sine', 'again'],
      ['Identity', 'x', 'next.x'],
      ['Identity', 'w', 'next.w'],
    ]);
  });

  it('renames one output of an operator that has several', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', [4]);
    const [low, high] = graph.ops('Split', [x], 2);
    graph.output('high', high!, [2]);
    graph.output('sum', graph.add(low!, high!), [2]);
    const [split, sum] = graph.toModel('g').graph.nodes;
    expect(split!.outputs).toEqual([low, 'high']);
    expect(sum!.inputs).toEqual([low, 'high']);
  });

  it('builds the same model twice, and what is added later is in the later one only', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', []);
    graph.output('y', graph.sin(x), []);
    const first = graph.toModel('g');
    expect(graph.toModel('g')).toEqual(first);
    graph.output('z', graph.cos(x), []);
    expect(first.graph.outputs).toHaveLength(1);
    expect(graph.toModel('g').graph.outputs).toHaveLength(2);
  });

  it('keeps one constant for all its uses, told apart by value, shape and type', () => {
    const graph = new GraphBuilder();
    expect(graph.scalar(2)).toBe(graph.scalar(2));
    expect(graph.ints(1, 2)).toBe(graph.ints(1, 2));
    const different = [
      graph.scalar(2),
      graph.scalar(3),
      graph.constant([2]),
      graph.constant([2], [1, 1]),
      graph.ints(2),
    ];
    expect(new Set(different).size).toBe(different.length);
    expect(graph.toModel('g').graph.initializers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(different),
    );
    expect(graph.toModel('g').graph.initializers).toHaveLength(different.length + 1);
  });

  it('tells a negative zero from zero', () => {
    const graph = new GraphBuilder();
    expect(graph.scalar(-0)).not.toBe(graph.scalar(0));
  });

  it('writes Gemm attributes only where they differ from what is meant by their absence', () => {
    const graph = new GraphBuilder();
    const a = graph.input('a', [2, 2]);
    graph.gemm(a, a);
    graph.gemm(a, a, a, { transA: true, transB: false, alpha: 0.5, beta: 2 });
    const [plain, full] = graph.toModel('g').graph.nodes;
    expect([plain!.inputs, plain!.attributes]).toEqual([['a', 'a'], {}]);
    expect(full!.inputs).toHaveLength(3);
    expect(full!.attributes).toEqual({ transA: { int: 1 }, alpha: { float: 0.5 }, beta: { float: 2 } });
  });
});
