/**
 * What a trainer needs of an engine. Engines live elsewhere and implement this; the trainer knows no runtime.
 */
import type { EngineName, Provider, SirenSpec } from '../../src-shared/model/training.ts';
import type { SampleKind } from './loss-gradient.ts';
import type { Precision } from './ops.ts';
import type { Parameters } from './spec.ts';
import type { HyperName, Optimiser } from './step.ts';

/** How many samples of each kind a step sees; 0 leaves the kind out. */
export type BatchShape = Readonly<Record<SampleKind, number>>;

/**
 * The samples of one kind for one step, n rows each: points [n, 2], direction [n, 2] (used by `directional` alone),
 * target [n, channels], weight [n].
 */
export interface Samples {
  readonly points: Float32Array;
  readonly direction: Float32Array;
  readonly target: Float32Array;
  readonly weight: Float32Array;
}

/** The samples of every kind that a shape asks for. */
export type Batch = Readonly<Record<SampleKind, Samples>>;
export type Hyper = Readonly<Record<HyperName, number>>;
/** Loss terms of one step, before it; 0 for kinds without samples. */
export type Terms = Readonly<Record<SampleKind, number>>;

/** The network's value and derivatives at points, [n, channels] each; what was not asked for is absent. */
export interface Evaluation {
  readonly value: Float32Array;
  readonly dx?: Float32Array;
  readonly dy?: Float32Array;
  readonly laplacian?: Float32Array;
}

/** 0: values; 1: and first derivatives; 2: and Laplacians. */
export type Order = 0 | 1 | 2;

/** One network being trained, its state kept by the engine. */
export interface Training {
  /**
   * A run of steps for batches of one shape: how many, and arrays to fill before each.
   *
   * @param precision what the forward pass is content with; `full` where absent. An engine may do better.
   */
  program(shape: BatchShape, precision?: Precision): Promise<Program>;
  /** A copy of the network as it stands. */
  parameters(): Promise<Parameters>;
  /** Puts the network back to `parameters` and forgets the optimiser's moments. */
  restore(parameters: Parameters): Promise<void>;
  /** A copy of everything that a step reads and rewrites: the tensors of `stateLayout`, one after the other. */
  state(): Promise<Float32Array>;
  /** Goes on from a `state()` of a training of the same spec and optimiser as if it had never been left. */
  resume(state: Float32Array): Promise<void>;
  /** Frees everything; the training is over. */
  dispose(): Promise<void>;
}

/** Steps of one batch shape, compiled once. All programs of a training share its state. */
export interface Program {
  /** Where the samples of each step of the next run are put; as many entries as a run can have steps. */
  readonly batches: readonly Batch[];
  /** Floating-point operations of the matrix products of one step. */
  readonly flopsPerStep: number;
  /** Whether some of those products are of factors rounded to 8 bits; none are where absent. */
  readonly roundsProducts?: boolean;
  /** Runs as many steps as there are Hypers, at most as there are batches. @returns the loss terms of each step */
  run(hypers: readonly Hyper[]): Promise<Terms[]>;
}

export interface Engine {
  readonly name: EngineName;
  readonly provider: Provider;
  readonly threads: number;
  train(spec: SirenSpec, optimiser: Optimiser, parameters: Parameters): Promise<Training>;
  /** @param points [n, 2] domain coordinates; any n, 0 included. */
  evaluate(spec: SirenSpec, parameters: Parameters, points: Float32Array, order: Order): Promise<Evaluation>;
  dispose(): Promise<void>;
}
