/**
 * A network in training on onnxruntime's CPU provider, in one session with its own threads.
 *
 * The state lives in two sets of arrays that take turns: each run reads one and writes the other in place, so that
 * nothing is copied between steps.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Batch, BatchShape, Hyper, Program, Samples, Terms, Training } from '../siren/engine.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import type { SampleKind } from '../siren/loss-gradient.ts';
import type { Parameters } from '../siren/spec.ts';
import { hyperNames, stateLayout } from '../siren/step.ts';
import type { Optimiser } from '../siren/step.ts';
import { hyperInput, nextState, termOutput, trainingGraph } from './training-graph.ts';

type Tensors = Record<string, Tensor>;

export interface OrtTrainingOptions {
  readonly sessionOptions: InferenceSession.SessionOptions;
  readonly chunkRows: number;
  readonly stepsPerRun: number;
}

const volume = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);

/** Empty arrays for the samples of every kind. */
export function emptyBatch(shape: BatchShape, channels: number): Batch {
  const samples = (n: number): Samples => ({
    points: new Float32Array(2 * n),
    direction: new Float32Array(2 * n),
    target: new Float32Array(channels * n),
    weight: new Float32Array(n),
  });
  return {
    value: samples(shape.value),
    directional: samples(shape.directional),
    laplacian: samples(shape.laplacian),
  };
}

export class OrtTraining implements Training {
  private readonly state: readonly [Tensors, Tensors];
  private current: 0 | 1 = 0;
  private readonly programs = new Map<string, OrtProgram>();

  constructor(
    readonly spec: SirenSpec,
    readonly optimiser: Optimiser,
    parameters: Parameters,
    private readonly options: OrtTrainingOptions,
  ) {
    const blank = (): Tensors =>
      Object.fromEntries(
        stateLayout(spec, optimiser).map(({ name, dims }) => [
          name,
          new Tensor('float32', new Float32Array(volume(dims)), dims),
        ]),
      );
    this.state = [blank(), blank()];
    this.write(parameters);
  }

  async program(shape: BatchShape): Promise<Program> {
    const key = sampleKinds.map((kind) => shape[kind]).join();
    const known = this.programs.get(key);
    if (known) return known;
    const { sessionOptions, chunkRows, stepsPerRun } = this.options;
    const graph = trainingGraph(this.spec, this.optimiser, { shape, shards: 1, chunkRows, stepsPerRun });
    const session = await InferenceSession.create(graph.bytes, sessionOptions);
    const layout = stateLayout(this.spec, this.optimiser);
    const batches = graph.chunks.map(() => emptyBatch(shape, this.spec.channels));
    const inputs: Tensors = {};
    const hypers = graph.chunks.map((_, step) =>
      hyperNames.map((name) => {
        const data = new Float32Array(1);
        inputs[hyperInput(name, step)] = new Tensor('float32', data, []);
        return { name, data };
      }),
    );
    graph.chunks.forEach((chunks, step) => {
      for (const { kind, start, rows, ...names } of chunks) {
        const samples = batches[step]![kind];
        const part = (data: Float32Array, columns: number) =>
          new Tensor('float32', data.subarray(start * columns, (start + rows) * columns), [rows, columns]);
        inputs[names.points] = part(samples.points, 2);
        inputs[names.target] = part(samples.target, this.spec.channels);
        inputs[names.weight] = part(samples.weight, 1);
        if (names.direction !== undefined) inputs[names.direction] = part(samples.direction, 2);
      }
    });
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    const terms = graph.chunks.map((_, step) =>
      kinds.map((kind) => ({ kind, name: termOutput(kind, step), data: new Float32Array(1) })),
    );
    const outputs: Tensors = {};
    for (const { name, data } of terms.flat()) outputs[name] = new Tensor('float32', data, []);
    const turn = (from: Tensors, to: Tensors) => ({
      feeds: { ...inputs, ...from },
      fetches: { ...outputs, ...Object.fromEntries(layout.map(({ name }) => [nextState(name), to[name]!])) },
    });
    const turns = [turn(this.state[0], this.state[1]), turn(this.state[1], this.state[0])] as const;
    const program: OrtProgram = {
      session,
      batches,
      flopsPerStep: graph.flopsPerStep,
      run: async (values: readonly Hyper[]): Promise<Terms[]> => {
        hypers.forEach((step, i) => step.forEach(({ name, data }) => (data[0] = values[i]![name])));
        const { feeds, fetches } = turns[this.current];
        await session.run(feeds, fetches);
        this.current = this.current === 0 ? 1 : 0;
        return terms.map((step) => {
          const seen: Record<SampleKind, number> = { value: 0, directional: 0, laplacian: 0 };
          for (const { kind, data } of step) seen[kind] = data[0]!;
          return seen;
        });
      },
    };
    this.programs.set(key, program);
    return program;
  }

  parameters(): Promise<Parameters> {
    const tensors = this.state[this.current];
    const read = (letter: 'W' | 'b') =>
      Array.from({ length: this.spec.layers + 1 }, (_, k) =>
        (tensors[`${letter}${k}`]!.data as Float32Array).slice(),
      );
    return Promise.resolve({ W: read('W'), b: read('b') });
  }

  restore(parameters: Parameters): Promise<void> {
    this.write(parameters);
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    for (const { session } of this.programs.values()) await session.release();
    this.programs.clear();
  }

  private write({ W, b }: Parameters): void {
    for (const [name, tensor] of Object.entries(this.state[this.current])) {
      const data = tensor.data as Float32Array;
      const isWeight = name.startsWith('W');
      const layer = Number(name.slice(1));
      if (Number.isNaN(layer)) data.fill(0);
      else data.set((isWeight ? W : b)[layer]!);
    }
  }
}

type OrtProgram = Program & { readonly session: InferenceSession };
