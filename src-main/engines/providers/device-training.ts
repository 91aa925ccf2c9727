/**
 * A network in training whose state stays on the device: every step's outputs are the next step's inputs, by reference.
 *
 * Nothing but batches and rates goes to the device and nothing but loss terms comes back, and these once a run only.
 * onnxruntime-node cannot download such a tensor by itself (`getData` ends the process), so a session that passes
 * tensors through reads them.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';

import type { SirenSpec } from '../../../src-shared/model/training.ts';
import { GraphBuilder } from '../../onnx/graph-builder.ts';
import type { Batch, BatchShape, Hyper, Program, Terms, Training } from '../../siren/engine.ts';
import { sampleKinds } from '../../siren/loss-gradient.ts';
import type { SampleKind } from '../../siren/loss-gradient.ts';
import type { Parameters } from '../../siren/spec.ts';
import { hyperNames, stateLayout, stateLength, stateViews } from '../../siren/step.ts';
import type { Optimiser, StateTensor } from '../../siren/step.ts';
import { batchFeeds, emptyBatch } from '../batch-inputs.ts';
import { zeros } from '../ort-training.ts';
import { Programs } from '../programs.ts';
import { nextState, stepGraph, termOutput } from '../training-graph.ts';
import type { ProviderProfile } from './profile.ts';

type Tensors = Record<string, Tensor>;

/** Steps handed to the device before anything is waited for. */
const STEPS_PER_RUN = 4;

/** Frees what lies on the device; arrays of our own are the garbage collector's. */
function free(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) if (tensor.location === 'gpu-buffer') tensor.dispose();
}

export class DeviceTraining implements Training {
  private readonly layout: readonly StateTensor[];
  private readonly programs = new Programs((shape) => this.compile(shape));
  private readonly sessions: InferenceSession[] = [];
  private readonly readers = new Map<string, Promise<InferenceSession>>();
  private current: Tensors = {};

  constructor(
    private readonly spec: SirenSpec,
    private readonly optimiser: Optimiser,
    parameters: Parameters,
    private readonly profile: ProviderProfile,
  ) {
    this.layout = stateLayout(spec, optimiser);
    this.write(parameters);
  }

  program(shape: BatchShape): Promise<Program> {
    return this.programs.get(shape);
  }

  async parameters(): Promise<Parameters> {
    const wanted = this.layout.filter(({ name }) => !name.includes('.'));
    const values = await this.read(wanted, this.current);
    const of = (letter: 'W' | 'b') =>
      wanted.flatMap(({ name }, i) => (name.startsWith(letter) ? [values[i]!] : []));
    return { W: of('W'), b: of('b') };
  }

  restore(parameters: Parameters): Promise<void> {
    this.write(parameters);
    return Promise.resolve();
  }

  async state(): Promise<Float32Array> {
    const state = new Float32Array(stateLength(this.spec, this.optimiser));
    const values = await this.read(this.layout, this.current);
    stateViews(this.spec, this.optimiser, state).forEach(({ data }, i) => data.set(values[i]!));
    return state;
  }

  resume(state: Float32Array): Promise<void> {
    const views = stateViews(this.spec, this.optimiser, state.slice());
    const values = new Map(views.map(({ name, data }) => [name, data]));
    this.replace((name) => values.get(name));
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    free(Object.values(this.current));
    this.current = {};
    for (const session of this.sessions.splice(0)) await session.release();
    for (const reader of this.readers.values()) await (await reader).release();
    this.readers.clear();
  }

  private async compile(shape: BatchShape): Promise<Program> {
    const { spec, optimiser, profile, layout } = this;
    const graph = stepGraph(spec, optimiser, shape, profile);
    const session = await InferenceSession.create(graph.bytes, {
      ...profile.sessionOptions,
      preferredOutputLocation: 'gpu-buffer',
    });
    this.sessions.push(session);
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    const batches = Array.from({ length: STEPS_PER_RUN }, () => emptyBatch(shape, spec.channels));
    const steps = batches.map((batch) => this.step(session, shape, batch));
    const run = async (hypers: readonly Hyper[]): Promise<Terms[]> => {
      const terms: Tensors = {};
      for (const [i, hyper] of hypers.entries()) {
        const made = await steps[i]!(hyper);
        kinds.forEach((kind) => (terms[`${kind}${i}`] = made[termOutput(kind)]!));
        const old = Object.values(this.current);
        this.current = Object.fromEntries(layout.map(({ name }) => [name, made[nextState(name)]!]));
        free(old);
      }
      const names = Object.keys(terms).map((name) => ({ name, dims: [] }));
      const values = await this.read(names, terms);
      free(Object.values(terms));
      return hypers.map((_, i) => {
        const told: Record<SampleKind, number> = { value: 0, directional: 0, laplacian: 0 };
        kinds.forEach((kind, at) => (told[kind] = values[i * kinds.length + at]![0]!));
        return told;
      });
    };
    return { batches, flopsPerStep: graph.flops, run };
  }

  private step(
    session: InferenceSession,
    shape: BatchShape,
    batch: Batch,
  ): (hyper: Hyper) => Promise<Tensors> {
    const hypers = Object.fromEntries(hyperNames.map((name) => [name, zeros([])]));
    const { chunkRows } = this.profile;
    const inputs: Tensors = { ...batchFeeds(batch, this.spec.channels, shape, { chunkRows }), ...hypers };
    return async (hyper) => {
      for (const name of hyperNames) hypers[name]!.data[0] = hyper[name];
      return (await session.run({ ...inputs, ...this.current })) as Tensors;
    };
  }

  /** Copies of tensors that may lie on the device, in the order of `layout`. */
  private async read(layout: readonly StateTensor[], tensors: Tensors): Promise<Float32Array[]> {
    const onDevice = layout.filter(({ name }) => tensors[name]!.location === 'gpu-buffer');
    const results = onDevice.length === 0 ? {} : await this.passThrough(onDevice, tensors);
    return layout.map(({ name }) => ((results[name] ?? tensors[name]!).data as Float32Array).slice());
  }

  private async passThrough(layout: readonly StateTensor[], tensors: Tensors): Promise<Tensors> {
    const key = layout.map(({ name }) => name).join();
    const known = this.readers.get(key) ?? this.openReader(layout);
    this.readers.set(key, known);
    const feeds = Object.fromEntries(layout.map(({ name }) => [`from.${name}`, tensors[name]!]));
    const results = (await (await known).run(feeds)) as Tensors;
    return Object.fromEntries(layout.map(({ name }) => [name, results[name]!]));
  }

  private openReader(layout: readonly StateTensor[]): Promise<InferenceSession> {
    const graph = new GraphBuilder();
    for (const { name, dims } of layout) graph.output(name, graph.input(`from.${name}`, dims), dims);
    return InferenceSession.create(graph.toBytes('reader'), this.profile.sessionOptions);
  }

  private write({ W, b }: Parameters): void {
    this.replace((name) => (name.startsWith('W') ? W : b)[Number(name.slice(1))]);
  }

  /** Puts new tensors in place of the old: their values where they are known, zeros otherwise. */
  private replace(valuesOf: (name: string) => Float32Array | undefined): void {
    free(Object.values(this.current));
    this.current = Object.fromEntries(
      this.layout.map(({ name, dims }) => {
        const values = valuesOf(name)?.slice();
        return [name, values === undefined ? zeros(dims) : new Tensor('float32', values, dims)];
      }),
    );
  }
}
