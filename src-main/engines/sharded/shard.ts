/**
 * One shard of a data-parallel training: a thread with its own single-threaded sessions and its own copy of the network.
 *
 * Each step it takes its rows of the batch, leaves its gradient where all can see it, and at a barrier meets the
 * others. Then every shard adds the gradients of the parameters it owns, always in the same order, moves those, and at a
 * second barrier takes over what the others moved. All copies stay equal to the bit, however threads are scheduled.
 */
import { InferenceSession } from 'onnxruntime-node';
import type { Tensor } from 'onnxruntime-node';

import { sampleKinds } from '../../siren/loss-gradient.ts';
import { hyperNames, momentsOf, parameterSlots, updateNames } from '../../siren/step.ts';
import type { ParameterSlot } from '../../siren/step.ts';
import { batchFeeds, emptyBatch } from '../batch-inputs.ts';
import { zeros } from '../ort-training.ts';
import {
  gradientGraph,
  gradientOf,
  gradientPart,
  nextState,
  termOutput,
  updateGraph,
  weightNames,
} from '../training-graph.ts';
import type { CompiledGraph } from '../training-graph.ts';
import { Barrier } from './barrier.ts';
import {
  allocator,
  batchLength,
  HYPERS,
  owners,
  parameterOffsets,
  shardRange,
  shardShape,
  TERMS,
} from './layout.ts';
import type { Moments, ProgramSetup, ShardSetup } from './layout.ts';

type Tensors = Record<string, Tensor>;

const oneThread: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
};

const numbers = (tensor: Tensor | undefined) => tensor!.data as Float32Array;

/** Of a step's graphs on one shard, see CompiledGraph. */
type Products = Pick<CompiledGraph, 'flops' | 'roundsProducts'>;
const noProducts: Products = { flops: 0, roundsProducts: false };

interface ShardProgram extends Products {
  /** Computes the gradient of step `step` of the run into this shard's place. */
  gradient(step: number): Promise<void>;
  readonly hypers: Float32Array;
}

export class Shard {
  private readonly slots: ParameterSlot[];
  private readonly offsets: number[];
  private readonly total: number;
  private readonly owned: ParameterSlot[];
  /** This shard's copy of the network, and the moments of what it owns. */
  private readonly parameters: Tensors;
  private readonly moments: Tensors;
  private readonly shared: Float32Array;
  private readonly barrier: Barrier;
  private readonly programs = new Map<number, ShardProgram>();
  private readonly sessions: InferenceSession[] = [];
  private update: ((step: number, program: ShardProgram) => Promise<void>) | undefined;
  private updateProducts = noProducts;

  constructor(private readonly setup: ShardSetup) {
    const { spec, optimiser, shard, shards } = setup;
    this.slots = parameterSlots(spec, optimiser);
    ({ offsets: this.offsets, total: this.total } = parameterOffsets(this.slots));
    const owner = owners(spec, optimiser, shards);
    this.owned = this.slots.filter((_, i) => owner[i] === shard);
    const blank = (slots: readonly { name: string; dims: readonly number[] }[]): Tensors =>
      Object.fromEntries(slots.map(({ name, dims }) => [name, zeros(dims)]));
    this.parameters = blank(this.slots);
    this.moments = blank(this.owned.flatMap(momentsOf));
    this.shared = new Float32Array(setup.parameters);
    this.barrier = new Barrier(setup.barrier, shards);
  }

  /** Takes the shared parameters over and forgets the moments. */
  restore(): void {
    this.takeParameters(() => true);
    for (const tensor of Object.values(this.moments)) numbers(tensor).fill(0);
  }

  /** The moments of what this shard owns. */
  ownMoments(): Moments {
    return Object.fromEntries(Object.entries(this.moments).map(([name, tensor]) => [name, numbers(tensor)]));
  }

  /** Takes the shared parameters over, and of `moments` those of what it owns. */
  resume(moments: Moments): void {
    this.takeParameters(() => true);
    for (const [name, tensor] of Object.entries(this.moments)) numbers(tensor).set(moments[name]!);
  }

  async compile(setup: ProgramSetup): Promise<Products> {
    this.update ??= await this.compileUpdate();
    const program = await this.compileGradient(setup);
    this.programs.set(setup.number, program);
    const { flops, roundsProducts } = this.updateProducts;
    return { flops: program.flops + flops, roundsProducts: program.roundsProducts || roundsProducts };
  }

  async run(number: number, steps: number): Promise<void> {
    const program = this.programs.get(number)!;
    for (let step = 0; step < steps; step++) {
      await program.gradient(step);
      this.barrier.wait();
      await this.update!(step, program);
      this.barrier.wait();
      const mine = new Set(this.owned);
      this.takeParameters((slot) => !mine.has(slot));
    }
  }

  /** Frees the sessions; the shard computes no more. */
  async close(): Promise<void> {
    for (const session of this.sessions.splice(0)) await session.release();
  }

  private async open(bytes: Uint8Array): Promise<InferenceSession> {
    const session = await InferenceSession.create(bytes, oneThread);
    this.sessions.push(session);
    return session;
  }

  private async compileGradient(setup: ProgramSetup): Promise<ShardProgram> {
    const { spec, shard, shards, profile } = this.setup;
    const { channels } = spec;
    const shape = shardShape(setup.shape, shard, shards);
    const mine = new Float32Array(this.setup.gradients, 4 * shard * this.total, this.total);
    const hypers = new Float32Array(setup.hypers);
    const seen = new Float32Array(setup.terms);
    const kinds = sampleKinds.filter((kind) => shape[kind] > 0);
    if (kinds.length === 0) {
      const nothing = () => {
        mine.fill(0);
        return Promise.resolve();
      };
      return { gradient: nothing, hypers, ...noProducts };
    }
    const graph = gradientGraph(spec, shape, { ...profile, precision: setup.precision });
    const session = await this.open(graph.bytes);
    const length = batchLength(setup.shape, channels);
    const whole = Array.from({ length: setup.stepsPerRun }, (_, step) =>
      emptyBatch(setup.shape, channels, allocator(setup.batches, step * length)),
    );
    const batch = emptyBatch(shape, channels);
    const weights = Object.fromEntries(weightNames.map((name) => [name, zeros([])]));
    const feeds = { ...this.parameters, ...weights, ...batchFeeds(batch, channels, shape, profile) };
    const terms = Object.fromEntries(kinds.map((kind) => [termOutput(kind), zeros([])]));
    const gradients = Object.fromEntries(this.slots.map(({ name, dims }) => [gradientOf(name), zeros(dims)]));
    const fetches = { ...terms, ...gradients };
    const gradient = async (step: number) => {
      for (const kind of kinds) {
        const { start, end } = shardRange(setup.shape[kind], shard, shards);
        const from = whole[step]![kind];
        const to = batch[kind];
        to.points.set(from.points.subarray(2 * start, 2 * end));
        to.direction.set(from.direction.subarray(2 * start, 2 * end));
        to.target.set(from.target.subarray(channels * start, channels * end));
        to.weight.set(from.weight.subarray(start, end));
      }
      for (const name of weightNames) {
        numbers(weights[name])[0] = hypers[step * HYPERS + hyperNames.indexOf(name)]!;
      }
      await session.run(feeds, fetches);
      this.slots.forEach(({ name }, i) => mine.set(numbers(gradients[gradientOf(name)]), this.offsets[i]!));
      sampleKinds.forEach((kind, i) => {
        seen[(shard * setup.stepsPerRun + step) * TERMS + i] = numbers(
          terms[termOutput(kind)] ?? zeros([]),
        )[0]!;
      });
    };
    const { flops, roundsProducts } = graph;
    return { gradient, hypers, flops, roundsProducts };
  }

  private async compileUpdate(): Promise<(step: number, program: ShardProgram) => Promise<void>> {
    const { spec, optimiser, shards, profile } = this.setup;
    if (this.owned.length === 0) return () => Promise.resolve();
    const graph = updateGraph(spec, optimiser, this.owned, shards, profile);
    this.updateProducts = graph;
    const session = await this.open(graph.bytes);
    const hypers = Object.fromEntries(updateNames.map((name) => [name, zeros([])]));
    const layout = this.owned.flatMap((slot) => [slot, ...momentsOf(slot)]);
    const next = Object.fromEntries(layout.map(({ name, dims }) => [name, zeros(dims)]));
    const owned = this.slots.flatMap((slot, i) => {
      if (!this.owned.includes(slot)) return [];
      const { name, dims } = slot;
      const length = numbers(this.parameters[name]).length;
      const parts = Array.from({ length: shards }, (_, shard) => ({
        from: new Float32Array(this.setup.gradients, 4 * (shard * this.total + this.offsets[i]!), length),
        to: zeros(dims),
      }));
      return [{ name, parts, shared: this.shared.subarray(this.offsets[i]!, this.offsets[i]! + length) }];
    });
    const feeds: Tensors = { ...hypers, ...this.moments };
    for (const { name, parts } of owned) {
      feeds[name] = this.parameters[name]!;
      parts.forEach(({ to }, shard) => (feeds[gradientPart(name, shard)] = to));
    }
    const fetches = Object.fromEntries(layout.map(({ name }) => [nextState(name), next[name]!]));
    return async (step: number, program: ShardProgram) => {
      for (const name of updateNames) {
        numbers(hypers[name])[0] = program.hypers[step * HYPERS + hyperNames.indexOf(name)]!;
      }
      for (const { from, to } of owned.flatMap(({ parts }) => parts)) numbers(to).set(from);
      await session.run(feeds, fetches);
      for (const { name } of layout) {
        numbers(this.parameters[name] ?? this.moments[name]).set(numbers(next[name]));
      }
      for (const { name, shared } of owned) shared.set(numbers(this.parameters[name]));
    };
  }

  private takeParameters(which: (slot: ParameterSlot) => boolean): void {
    this.slots.forEach((slot, i) => {
      if (!which(slot)) return;
      const data = numbers(this.parameters[slot.name]);
      const start = this.offsets[i]!;
      data.set(this.shared.subarray(start, start + data.length));
    });
  }
}
