import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

import { GraphBuilder } from './graph-builder.ts';
import type { Precision } from '../siren/ops.ts';
import { graphOps } from './graph-ops.ts';
import type { Trigonometry } from './trigonometry.ts';

const count = 4001;

interface Angles {
  readonly angles: Float32Array;
  /** How far the graph's are from float64's. */
  readonly sin: readonly number[];
  readonly cos: readonly number[];
}

/** The graph's sine and cosine of angles in [-bound, bound]. */
async function deviations(
  bound: number,
  trigonometry: Trigonometry,
  precision: Precision = 'full',
): Promise<Angles> {
  const graph = new GraphBuilder();
  const ops = graphOps(graph, trigonometry);
  const x = graph.input('x', [count]);
  graph.output('sin', ops.sin(x, precision), [count]);
  graph.output('cos', ops.cos(x, precision), [count]);
  const session = await InferenceSession.create(graph.toBytes('angles'));
  const angles = Float32Array.from({ length: count }, (_, i) => bound * ((2 * i) / (count - 1) - 1));
  const { sin, cos } = await session.run({ x: new Tensor('float32', angles, [count]) });
  await session.release();
  const apart = (got: Tensor, truth: (angle: number) => number) =>
    Array.from(got.data as Float32Array, (value, i) => Math.abs(value - truth(angles[i]!)));
  return { angles, sin: apart(sin!, Math.sin), cos: apart(cos!, Math.cos) };
}

describe('sine and cosine of narrowed angles', () => {
  it.each([1, 4, 100, 10_000])('are as good as float32 to ±%d', async (bound) => {
    const { sin, cos } = await deviations(bound, 'narrowed');
    expect(Math.max(...sin, ...cos)).toBeLessThan(4e-7);
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
  const rounding = (bound: number) => 1e-6 * Math.max(1, bound / 8);

  it.each([1, 4, 25, 1000])('are as good as float32 to ±%d', async (bound) => {
    const { sin, cos } = await deviations(bound, 'polynomial');
    expect(Math.max(...sin, ...cos)).toBeLessThan(rounding(bound));
  });

  it.each([1, 4, 25, 1000])(
    'are as good where coarse, the sine but for half turns, to ±%d',
    async (bound) => {
      const { angles, sin, cos } = await deviations(bound, 'polynomial', 'coarse');
      expect(Math.max(...cos)).toBeLessThan(rounding(bound));
      const weighted = sin.map((error, i) => error * Math.abs(Math.cos(angles[i]! / 2)));
      expect(Math.max(...weighted)).toBeLessThan(rounding(bound));
    },
  );

  it('have a coarse sine that is a number at half a turn, and little wrong', async () => {
    const { sin } = await deviations(Math.PI, 'polynomial', 'coarse');
    expect(Math.max(...sin)).toBeLessThan(2e-3);
    const { sin: around } = await deviations(25, 'polynomial', 'coarse');
    expect(Math.hypot(...around) / Math.sqrt(count)).toBeLessThan(5e-5);
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
