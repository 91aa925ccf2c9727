/**
 * A network in training in one onnxruntime session.
 *
 * The state lives in two sets of arrays that take turns: each run reads one and writes the other in place, so that
 * nothing is copied between steps.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { BatchShape, Hyper, Program, Terms, Training } from '../siren/engine.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import type { SampleKind } from '../siren/loss-gradient.ts';
import type { Parameters } from '../siren/spec.ts';
import { hyperNames, stateLayout, stateLength, stateViews } from '../siren/step.ts';
import type { Optimiser } from '../siren/step.ts';
import { batchFeeds, emptyBatch } from './batch-inputs.ts';
import { Programs } from './programs.ts';
import { nextState, stepGraph, termOutput } from './training-graph.ts';

type Tensors = Record<string, Tensor>;

export const zeros = (dims: readonly number[]) =>
  new Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b, 1)), dims);

export class OrtTraining implements Training {
  private readonly turns: readonly [Tensors, Tensors];
  private current: 0 | 1 = 0;
  private readonly programs = new Programs((shape) => this.compile(shape));
  private readonly sessions: InferenceSession[] = [];

  constructor(
    private readonly spec: SirenSpec,
    private readonly optimiser: Optimiser,
    parameters: Parameters,
    private readonly sessionOptions: InferenceSession.SessionOptions,
  ) {
    const blank = (): Tensors =>
      Object.fromEntries(stateLayout(spec, optimiser).map(({ name, dims }) => [name, zeros(dims)]));
    this.turns = [blank(), blank()];
    this.write(parameters);
  }

  program(shape: BatchShape): Promise<Program> {
    return this.programs.get(shape);
  }

  parameters(): Promise<Parameters> {
    const tensors = this.turns[this.current];
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

  state(): Promise<Float32Array> {
    const state = new Float32Array(stateLength(this.spec, this.optimiser));
    for (const { name, data } of stateViews(this.spec, this.optimiser, state)) {
      data.set(this.turns[this.current][name]!.data as Float32Array);
    }
    return Promise.resolve(state);
  }

  resume(state: Float32Array): Promise<void> {
    for (const { name, data } of stateViews(this.spec, this.optimiser, state)) {
      (this.turns[this.current][name]!.data as Float32Array).set(data);
    }
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    for (const session of this.sessions.splice(0)) await session.release();
  }

  private async compile(shape: BatchShape): Promise<Program> {
    const { channels } = this.spec;
    const graph = stepGraph(this.spec, this.optimiser, shape);
    const session = await InferenceSession.create(graph.bytes, this.sessionOptions);
    this.sessions.push(session);
    const batch = emptyBatch(shape, channels);
    const hypers = Object.fromEntries(hyperNames.map((name) => [name, zeros([])])) as Record<string, Tensor>;
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    const terms = Object.fromEntries(kinds.map((kind) => [termOutput(kind), zeros([])]));
    const inputs = { ...batchFeeds(batch, channels, shape), ...hypers };
    const turn = (from: Tensors, to: Tensors) => ({
      feeds: { ...inputs, ...from },
      fetches: {
        ...terms,
        ...Object.fromEntries(Object.entries(to).map(([name, tensor]) => [nextState(name), tensor])),
      },
    });
    const runs = [turn(...this.turns), turn(this.turns[1], this.turns[0])] as const;
    const run = async ([hyper]: readonly Hyper[]): Promise<Terms[]> => {
      for (const name of hyperNames) hypers[name]!.data[0] = hyper![name];
      const { feeds, fetches } = runs[this.current];
      await session.run(feeds, fetches);
      this.current = this.current === 0 ? 1 : 0;
      const seen: Record<SampleKind, number> = { value: 0, directional: 0, laplacian: 0 };
      for (const kind of kinds) seen[kind] = Number(terms[termOutput(kind)]!.data[0]);
      return [seen];
    };
    return { batches: [batch], flopsPerStep: graph.flops, run };
  }

  private write({ W, b }: Parameters): void {
    for (const [name, tensor] of Object.entries(this.turns[this.current])) {
      const data = tensor.data as Float32Array;
      const layer = Number(name.slice(1));
      if (Number.isNaN(layer)) data.fill(0);
      else data.set((name.startsWith('W') ? W : b)[layer]!);
    }
  }
}
