/**
 * A network in training in one onnxruntime session.
 *
 * The state lives in two sets of arrays that take turns: each run reads one and writes the other in place, so that
 * nothing is copied between steps. A run is one step, or as many as the provider's profile puts into a graph.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Batch, BatchShape, Hyper, Program, Terms, Training } from '../siren/engine.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import type { SampleKind } from '../siren/loss-gradient.ts';
import type { Precision } from '../siren/ops.ts';
import type { Parameters } from '../siren/spec.ts';
import { hyperNames, stateLayout, stateLength, stateViews } from '../siren/step.ts';
import type { Optimiser } from '../siren/step.ts';
import { batchFeeds, emptyBatch } from './batch-inputs.ts';
import { Programs } from './programs.ts';
import { profiles } from './providers/profile.ts';
import type { ProviderProfile } from './providers/profile.ts';
import { nextState, stepGraph, stepPrefix, termOutput } from './training-graph.ts';

type Tensors = Record<string, Tensor>;

export const zeros = (dims: readonly number[]) =>
  new Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b, 1)), dims);

interface CompiledRun {
  run(hypers: readonly Hyper[]): Promise<Terms[]>;
  /** Of one step. */
  readonly flops: number;
  readonly roundsProducts: boolean;
}

function copyBatch(from: Batch, to: Batch): void {
  for (const kind of sampleKinds) {
    for (const key of ['points', 'direction', 'target', 'weight'] as const)
      to[kind][key].set(from[kind][key]);
  }
}

export class OrtTraining implements Training {
  private readonly turns: readonly [Tensors, Tensors];
  private current: 0 | 1 = 0;
  private readonly programs = new Programs((shape, precision) => this.compile(shape, precision));
  private readonly sessions: InferenceSession[] = [];

  constructor(
    private readonly spec: SirenSpec,
    private readonly optimiser: Optimiser,
    parameters: Parameters,
    private readonly sessionOptions: InferenceSession.SessionOptions,
    private readonly profile: ProviderProfile = profiles.cpu,
  ) {
    const blank = (): Tensors =>
      Object.fromEntries(stateLayout(spec, optimiser).map(({ name, dims }) => [name, zeros(dims)]));
    this.turns = [blank(), blank()];
    this.write(parameters);
  }

  program(shape: BatchShape, precision?: Precision): Promise<Program> {
    return this.programs.get(shape, precision);
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

  private async compile(shape: BatchShape, precision: Precision): Promise<Program> {
    const { stepsPerGraph } = this.profile;
    const batches = Array.from({ length: stepsPerGraph }, () => emptyBatch(shape, this.spec.channels));
    const one = await this.compileRun(shape, precision, batches.slice(0, 1));
    const all = stepsPerGraph === 1 ? one : await this.compileRun(shape, precision, batches);
    const run = async (hypers: readonly Hyper[]): Promise<Terms[]> => {
      if (hypers.length === batches.length) return all.run(hypers);
      const terms: Terms[] = [];
      for (const [i, hyper] of hypers.entries()) {
        // Fewer than the large graph takes: step by step, each with its batch in the first's place.
        if (i > 0) copyBatch(batches[i]!, batches[0]!);
        terms.push(...(await one.run([hyper])));
      }
      return terms;
    };
    return { batches, flopsPerStep: one.flops, roundsProducts: one.roundsProducts, run };
  }

  /** One graph that takes a step for each of `batches`. */
  private async compileRun(
    shape: BatchShape,
    precision: Precision,
    batches: readonly Batch[],
  ): Promise<CompiledRun> {
    const { spec, optimiser, profile } = this;
    const steps = batches.length;
    const graph = stepGraph(spec, optimiser, shape, { ...profile, steps, precision });
    const session = await InferenceSession.create(graph.bytes, this.sessionOptions);
    this.sessions.push(session);
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    const inputs: Tensors = {};
    const terms: Tensors = {};
    batches.forEach((batch, step) => {
      const prefix = stepPrefix(step);
      const place = { prefix, chunkRows: profile.chunkRows };
      Object.assign(inputs, batchFeeds(batch, spec.channels, shape, place));
      for (const name of hyperNames) inputs[`${prefix}${name}`] = zeros([]);
      for (const kind of kinds) terms[`${prefix}${termOutput(kind)}`] = zeros([]);
    });
    const turn = (from: Tensors, to: Tensors) => ({
      feeds: { ...inputs, ...from },
      fetches: {
        ...terms,
        ...Object.fromEntries(Object.entries(to).map(([name, tensor]) => [nextState(name), tensor])),
      },
    });
    const turns = [turn(...this.turns), turn(this.turns[1], this.turns[0])] as const;
    const run = async (hypers: readonly Hyper[]): Promise<Terms[]> => {
      hypers.forEach((hyper, step) => {
        for (const name of hyperNames) inputs[`${stepPrefix(step)}${name}`]!.data[0] = hyper[name];
      });
      const { feeds, fetches } = turns[this.current];
      await session.run(feeds, fetches);
      this.current = this.current === 0 ? 1 : 0;
      return batches.map((_, step) => {
        const seen: Record<SampleKind, number> = { value: 0, directional: 0, laplacian: 0 };
        for (const kind of kinds)
          seen[kind] = Number(terms[`${stepPrefix(step)}${termOutput(kind)}`]!.data[0]);
        return seen;
      });
    };
    return { run, flops: graph.flops / steps, roundsProducts: graph.roundsProducts };
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
