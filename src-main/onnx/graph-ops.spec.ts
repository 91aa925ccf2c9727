import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

import { GraphBuilder } from './graph-builder.ts';
import { graphOps } from './graph-ops.ts';
import type { Trigonometry } from './trigonometry.ts';

const count = 4001;

/** Largest deviation of the graph's sine and cosine from float64's over [-bound, bound]. */
async function deviation(bound: number, trigonometry: Trigonometry): Promise<number> {
  const graph = new GraphBuilder();
  const ops = graphOps(graph, trigonometry);
  const x = graph.input('x', [count]);
  graph.output('sin', ops.sin(x), [count]);
  graph.output('cos', ops.cos(x), [count]);
  const session = await InferenceSession.create(graph.toBytes('angles'));
  const angles = Float32Array.from({ length: count }, (_, i) => bound * ((2 * i) / (count - 1) - 1));
  const { sin, cos } = await session.run({ x: new Tensor('float32', angles, [count]) });
  await session.release();
  const apart = (got: Tensor, truth: (angle: number) => number) =>
    Math.max(...(got.data as Float32Array).map((value, i) => Math.abs(value - truth(angles[i]!))));
  return Math.max(apart(sin!, Math.sin), apart(cos!, Math.cos));
}

describe('sine and cosine of narrowed angles', () => {
  it.each([1, 4, 100, 10_000])('are as good as float32 to ±%d', async (bound) => {
    expect(await deviation(bound, 'narrowed')).toBeLessThan(4e-7);
  });

  it('are taken of angles within ±π: a runtime that is bad beyond is never asked', async () => {
    const graph = new GraphBuilder();
    const ops = graphOps(graph, 'narrowed');
    const x = graph.input('x', [count]);
    ops.sin(x);
    ops.cos(x);
    const { nodes } = graph.toModel('angles').graph;
    const angles = nodes.filter(({ op }) => op === 'Sin' || op === 'Cos').map(({ inputs }) => inputs[0]!);
    expect(new Set(angles).size).toBe(1);
    graph.output('angle', angles[0]!, [count]);
    const session = await InferenceSession.create(graph.toBytes('angles'));
    const wide = Float32Array.from({ length: count }, (_, i) => 0.37 * (i - 2000));
    const { angle } = await session.run({ x: new Tensor('float32', wide, [count]) });
    const largest = Math.max(...(angle!.data as Float32Array).map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.PI + 1e-4);
    expect(largest).toBeGreaterThan(3);
    await session.release();
  });
});

describe('sine and cosine by polynomials', () => {
  it.each([1, 4, 25])('are as good as float32 to ±%d', async (bound) => {
    expect(await deviation(bound, 'polynomial')).toBeLessThan(1e-6 * Math.max(1, bound / 8));
  });

  it('are as good as a float32 angle beyond: a rounding of the angle in turns', async () => {
    expect(await deviation(1000, 'polynomial')).toBeLessThan(2 ** -23 * 1000);
  });

  it('ask the runtime for neither', () => {
    const graph = new GraphBuilder();
    const ops = graphOps(graph, 'polynomial');
    const x = graph.input('x', [1]);
    ops.sin(x);
    const { length } = graph.toModel('angles').graph.nodes;
    ops.cos(x);
    const { nodes } = graph.toModel('angles').graph;
    expect(nodes.filter(({ op }) => op === 'Sin' || op === 'Cos')).toEqual([]);
    // One for the two of them.
    expect(nodes).toHaveLength(length);
  });
});
