/**
 * The memory that shards share: what lies where, agreed between the trainer's thread and every shard.
 */
import type { SirenSpec } from '../../../src-shared/model/training.ts';
import type { BatchShape } from '../../siren/engine.ts';
import type { Precision } from '../../siren/ops.ts';
import { sampleKinds } from '../../siren/loss-gradient.ts';
import { hyperNames, parameterSlots } from '../../siren/step.ts';
import type { Optimiser, ParameterSlot } from '../../siren/step.ts';
import type { ProviderProfile } from '../providers/profile.ts';

/** What every shard of a training is told when it starts. */
export interface ShardSetup {
  readonly spec: SirenSpec;
  readonly optimiser: Optimiser;
  readonly shard: number;
  readonly shards: number;
  readonly barrier: SharedArrayBuffer;
  /** All parameters, W0, b0, W1, …, one after the other. */
  readonly parameters: SharedArrayBuffer;
  /** One gradient for each shard, laid out as the parameters. */
  readonly gradients: SharedArrayBuffer;
  readonly profile: ProviderProfile;
}

/** What the trainer's thread asks of a shard; each is answered by a message with the same id. */
export type ShardRequest =
  | { readonly id: number; readonly kind: 'compile'; readonly program: ProgramSetup }
  | { readonly id: number; readonly kind: 'run'; readonly program: number; readonly steps: number }
  | { readonly id: number; readonly kind: 'restore' }
  /** Asks for the moments of what the shard owns. */
  | { readonly id: number; readonly kind: 'moments' }
  /** Takes over the shared parameters, and the moments of what it owns. */
  | { readonly id: number; readonly kind: 'resume'; readonly moments: Moments }
  | { readonly id: number; readonly kind: 'close' };

export interface ShardAnswer {
  readonly id: number;
  /** Floating-point operations of a compiled program's step on this shard. */
  readonly flops?: number;
  /** Whether products of it are of factors rounded to 8 bits. */
  readonly roundsProducts?: boolean;
  readonly moments?: Moments;
}

/** The optimiser's moments by the name of their tensor. */
export type Moments = Readonly<Record<string, Float32Array>>;

export interface ProgramSetup {
  readonly number: number;
  /** Of the whole batch. */
  readonly shape: BatchShape;
  readonly precision: Precision;
  readonly stepsPerRun: number;
  /** The samples of each step of a run: per kind points, direction, target, weight. */
  readonly batches: SharedArrayBuffer;
  /** Per step: hyperNames. */
  readonly hypers: SharedArrayBuffer;
  /** Per shard and step: a loss term for each of sampleKinds. */
  readonly terms: SharedArrayBuffer;
}

export const HYPERS = hyperNames.length;
export const TERMS = sampleKinds.length;

/** Numbers in all parameters together, and where each begins. */
export function parameterOffsets(slots: readonly ParameterSlot[]): { offsets: number[]; total: number } {
  let total = 0;
  const offsets = slots.map(({ dims }) => {
    const start = total;
    total += dims.reduce((a, b) => a * b, 1);
    return start;
  });
  return { offsets, total };
}

/** Numbers of one step's samples. */
export function batchLength(shape: BatchShape, channels: number): number {
  return sampleKinds.reduce((sum, kind) => sum + shape[kind] * (2 + 2 + channels + 1), 0);
}

/** Hands out consecutive views of a buffer. */
export function allocator(buffer: SharedArrayBuffer, start: number): (length: number) => Float32Array {
  let next = start;
  return (length) => {
    const view = new Float32Array(buffer, 4 * next, length);
    next += length;
    return view;
  };
}

/** The rows of a batch that a shard computes: nearly equal shares, in order. */
export function shardRange(n: number, shard: number, shards: number): { start: number; end: number } {
  const cut = (i: number) => Math.round((i * n) / shards);
  return { start: cut(shard), end: cut(shard + 1) };
}

export function shardShape(shape: BatchShape, shard: number, shards: number): BatchShape {
  const rows = (n: number) => {
    const { start, end } = shardRange(n, shard, shards);
    return end - start;
  };
  return {
    value: rows(shape.value),
    directional: rows(shape.directional),
    laplacian: rows(shape.laplacian),
  };
}

/**
 * Which shard moves which parameter: the costly orthogonalisations first, each to the shard with least to do, so that
 * no two do the same work.
 */
export function owners(spec: SirenSpec, optimiser: Optimiser, shards: number): number[] {
  const slots = parameterSlots(spec, optimiser);
  const cost = ({ dims, byMuon }: ParameterSlot) =>
    dims.reduce((a, b) => a * b, 1) * (byMuon ? 30 * spec.hidden : 20);
  const load = new Array<number>(shards).fill(0);
  const owner = new Array<number>(slots.length).fill(0);
  const heaviestFirst = slots
    .map((slot, i) => ({ i, cost: cost(slot) }))
    .sort((a, b) => b.cost - a.cost || a.i - b.i);
  for (const { i, cost: work } of heaviestFirst) {
    const shard = load.indexOf(Math.min(...load));
    owner[i] = shard;
    load[shard]! += work;
  }
  return owner;
}
