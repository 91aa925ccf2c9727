/**
 * What a training is asked for, what it tells while it runs, and what it leaves behind.
 */
import type { GuidanceField } from '../../src-shared/model/field.ts';
import type { Budget, Loss, LossPoint, Progress, SirenSpec } from '../../src-shared/model/training.ts';
import type { Checkpoint, TrainedBy } from './checkpoint.ts';
import type { Engine } from './engine.ts';
import type { Parameters } from './spec.ts';
import type { Schedule } from './schedule.ts';
import type { Optimiser } from './step.ts';

/** Integrates a guidance field exactly, from the field alone; planar [channels, height, width], zero mean a channel. */
export type PoissonSolver = (signal: AbortSignal, guidance: GuidanceField) => Float64Array;

export interface TrainingRequest {
  readonly guidance: GuidanceField;
  readonly spec: SirenSpec;
  readonly loss: Loss;
  readonly optimiser: Optimiser;
  readonly budget: Budget;
  readonly seed: number;
  readonly engine: Engine;
  readonly solve: PoissonSolver;
  /** Instead of the schedule that the loss stands for. */
  readonly schedule?: Schedule;
  /** Go on from here, as if the training had never stopped; its seconds and steps spent count. */
  readonly resume?: Checkpoint;
  /**
   * Which leg the budget is of; the checkpoint's own, or 0, where absent. Later than the checkpoint's: train further, a
   * new budget with a schedule of its own, and never worse than what there was.
   */
  readonly leg?: number;
  /** The clock that a budget of seconds is spent by, monotonic, in ms. Default: the machine's. */
  readonly now?: () => number;
  /** What the steps are computed on, in words, for whoever reads of them elsewhere. */
  readonly machine?: string;
}

/** How a running training is watched and steered. Everything is optional and cheap. */
export interface TrainingHooks {
  /** After every run of steps. */
  progress?(progress: Progress): void;
  /** Asked between runs: while it holds a promise, training waits and its clock stands still. */
  paused?(): Promise<void> | undefined;
  /** Asked between runs: true ends the training with the best network so far. */
  stopped?(): boolean;
  /**
   * Between runs, with a way to all that `resume` needs. `isLast`: nothing comes after it for a while, because the
   * training pauses or is over.
   */
  checkpoint?(take: () => Promise<Checkpoint>, isLast: boolean): Promise<void> | void;
  /** Between runs, with a way to the network as it stands (integrated image values, free constant 0). */
  preview?(snapshot: () => Promise<Parameters>, progress: Progress): Promise<void> | void;
}

export interface TrainingOutcome {
  /** The best network seen, in image values with its free constant 0 (the integrated image has zero mean). */
  readonly parameters: Parameters;
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Matrix-product arithmetic per second of training, in 1e9. */
  readonly gflops: number;
  /** Whether some of it was done with factors rounded to 8 bits; absent where that is not known. */
  readonly roundsProducts?: boolean;
  /** Of the latest steps, which may have been trained elsewhere; absent where there were none, or it is not known. */
  readonly trainedBy?: TrainedBy;
  /** Running mean, at the end, of the loss that was asked for. */
  readonly loss: number;
  readonly lossCurve: readonly LossPoint[];
  /** The exact solution the training was measured against, as `solve` gave it. */
  readonly exact: Float64Array;
}

/**
 * Trains a SIREN on a guidance field. Implemented in trainer.ts as
 * `train(signal: AbortSignal, request: TrainingRequest, hooks?: TrainingHooks): Promise<TrainingOutcome>`.
 *
 * Aborting rejects with `cancelled` between two runs (well under 0.3 s).
 */
export type Train = (
  signal: AbortSignal,
  request: TrainingRequest,
  hooks?: TrainingHooks,
) => Promise<TrainingOutcome>;
