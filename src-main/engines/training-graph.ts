/**
 * The training step as an ONNX graph: batches and state in, new state and loss terms out, one or more steps a run.
 */
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { Ref } from '../onnx/graph-builder.ts';
import { graphOps } from '../onnx/graph-ops.ts';
import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { BatchShape } from '../siren/engine.ts';
import { directionsOf, sampleKinds } from '../siren/loss-gradient.ts';
import type { Chunk, SampleKind } from '../siren/loss-gradient.ts';
import { hyperNames, stateLayout, trainingStep } from '../siren/step.ts';
import type { HyperName, Optimiser } from '../siren/step.ts';

/** Rows [start, start + rows) of one kind's samples, and the names of the graph inputs that take them. */
export interface ChunkInputs {
  readonly kind: SampleKind;
  readonly start: number;
  readonly rows: number;
  readonly points: string;
  readonly direction?: string;
  readonly target: string;
  readonly weight: string;
}

export interface TrainingGraph {
  readonly bytes: Uint8Array;
  /** Per step of a run, its chunks. */
  readonly chunks: readonly (readonly ChunkInputs[])[];
  /** Floating-point operations of one step's matrix products, optimiser included. */
  readonly flopsPerStep: number;
}

export interface TrainingGraphOptions {
  readonly shape: BatchShape;
  /** Independent halves of the batch, for engines that run branches side by side. */
  readonly shards: number;
  /** Rows of a chunk at most: small enough that its activations stay in cache. */
  readonly chunkRows: number;
  readonly stepsPerRun: number;
}

/** The name of the input or output that carries a hyperparameter or a loss term of one step. */
export const hyperInput = (name: HyperName, step: number) => `${name}.${step}`;
export const termOutput = (kind: SampleKind, step: number) => `${kind}Term.${step}`;
/** The name of the output that carries a state tensor on. */
export const nextState = (name: string) => `next.${name}`;

/** Cuts n rows into chunks of nearly equal size, a whole number of them for each shard. */
function cut(n: number, chunkRows: number, shards: number): { start: number; rows: number }[] {
  const count = Math.min(n, Math.ceil(n / chunkRows / shards) * shards);
  const starts = Array.from({ length: count + 1 }, (_, i) => Math.round((i * n) / count));
  return starts.slice(0, count).map((start, i) => ({ start, rows: starts[i + 1]! - start }));
}

/** Counts the multiply-adds of every product that passes through. */
function countingFlops(graph: GraphBuilder, shapes: Map<Ref, readonly [number, number]>) {
  const ops = graphOps(graph);
  let flops = 0;
  const keep = (ref: Ref, like: Ref): Ref => {
    const shape = shapes.get(like);
    if (shape) shapes.set(ref, shape);
    return ref;
  };
  const wider = (a: Ref, b: Ref) => {
    const size = (ref: Ref) => (shapes.get(ref) ?? [0, 0]).reduce((x, y) => x * y);
    return size(a) >= size(b) ? a : b;
  };
  return {
    flops: () => flops,
    ops: {
      ...ops,
      gemm: (...args: Parameters<typeof ops.gemm>): Ref => {
        const [a, b, , options] = args;
        const [m0, k0] = shapes.get(a) ?? [0, 0];
        const [m, k] = options?.transA === true ? [k0, m0] : [m0, k0];
        const [p, q] = shapes.get(b) ?? [0, 0];
        const n = options?.transB === true ? p : q;
        flops += 2 * m * k * n;
        const ref = ops.gemm(...args);
        shapes.set(ref, [m, n]);
        return ref;
      },
      add: (a: Ref, b: Ref) => keep(ops.add(a, b), wider(a, b)),
      sub: (a: Ref, b: Ref) => keep(ops.sub(a, b), wider(a, b)),
      mul: (a: Ref, b: Ref) => keep(ops.mul(a, b), wider(a, b)),
      div: (a: Ref, b: Ref) => keep(ops.div(a, b), wider(a, b)),
      sin: (a: Ref) => keep(ops.sin(a), a),
      cos: (a: Ref) => keep(ops.cos(a), a),
    },
  };
}

export function trainingGraph(
  spec: SirenSpec,
  optimiser: Optimiser,
  options: TrainingGraphOptions,
): TrainingGraph {
  const { shape, shards, chunkRows, stepsPerRun } = options;
  const graph = new GraphBuilder();
  const shapes = new Map<Ref, readonly [number, number]>();
  const counting = countingFlops(graph, shapes);
  const matrix = (name: string, rows: number, columns: number): Ref => {
    shapes.set(name, [rows, columns]);
    return graph.input(name, [rows, columns]);
  };
  const layout = stateLayout(spec, optimiser);
  let state = new Map<string, Ref>(
    layout.map(({ name, dims }) => {
      if (dims.length === 2) shapes.set(name, [dims[0]!, dims[1]!]);
      return [name, graph.input(name, dims)];
    }),
  );

  const axis = (x: number, y: number, rows: number): Ref => {
    const ref = graph.op('Expand', [graph.constant([x, y], [1, 2]), graph.ints(rows, 2)]);
    shapes.set(ref, [rows, 2]);
    return ref;
  };

  const chunks: ChunkInputs[][] = [];
  for (let step = 0; step < stepsPerRun; step++) {
    const inputs: ChunkInputs[] = [];
    const branches = Array.from({ length: shards }, (): Chunk<Ref>[] => []);
    for (const kind of sampleKinds) {
      cut(shape[kind], chunkRows, shards).forEach(({ start, rows }, i) => {
        const stem = `${kind}.${step}.${i}`;
        const points = matrix(`${stem}.points`, rows, 2);
        const target = matrix(`${stem}.target`, rows, spec.channels);
        const weight = matrix(`${stem}.weight`, rows, 1);
        const carried = directionsOf[kind];
        const direction = carried === 1 ? matrix(`${stem}.direction`, rows, 2) : undefined;
        const directions = direction
          ? [direction]
          : carried === 2
            ? [axis(1, 0, rows), axis(0, 1, rows)]
            : [];
        branches[i % shards]!.push({ kind, points, directions, target, weight });
        inputs.push({ kind, start, rows, points, target, weight, ...(direction ? { direction } : {}) });
      });
    }
    chunks.push(inputs);
    const hyper = Object.fromEntries(
      hyperNames.map((name) => [name, graph.input(hyperInput(name, step), [])]),
    ) as Record<HyperName, Ref>;
    const busy = branches.filter((branch) => branch.length > 0);
    const stepped = trainingStep(counting.ops, spec, optimiser, state, busy, hyper);
    state = stepped.state;
    for (const kind of sampleKinds) {
      const term = stepped.terms[kind];
      if (term !== undefined) graph.output(termOutput(kind, step), term, []);
    }
  }
  for (const { name, dims } of layout) graph.output(nextState(name), state.get(name)!, dims);
  return { bytes: graph.toBytes('training-step'), chunks, flopsPerStep: counting.flops() / stepsPerRun };
}
