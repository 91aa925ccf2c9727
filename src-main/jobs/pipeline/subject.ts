import type { Metrics } from '../../../src-shared/model/metrics.ts';
import type { SirenModel } from '../../siren/model.ts';
import type { Network } from './network.ts';
import type { Problem } from './problem.ts';

/** A trained network, its free constant folded in. */
export interface Trained extends Network {
  readonly model: SirenModel;
}

/** What a task has come to so far, to be looked at; once finished, to be exported. */
export interface Subject {
  /** Absent for a network that came from a file. */
  readonly problem?: Problem;
  /** The field's Poisson solution with its own free constant, planar [channels, height, width]; as `problem`. */
  readonly exact?: Float64Array;
  /** Absent where only the exact solution was asked for. */
  readonly trained?: Trained;
}

export interface FinishedSubject extends Subject {
  readonly metrics: Metrics;
}
