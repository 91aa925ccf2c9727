/**
 * A training between two runs of steps, whole: going on from it gives what never having stopped would have given.
 */
import type { EngineName, LossPoint, Provider, SirenSpec } from '../../src-shared/model/training.ts';
import type { Spent } from './clock.ts';
import type { SampleKind } from './loss-gradient.ts';
import type { SamplerState } from './sampler.ts';
import { layerShapes, parameterCount } from './spec.ts';
import type { Parameters } from './spec.ts';
import type { Optimiser } from './step.ts';
import type { WatchState } from './watch.ts';

/** What computed a training's latest steps. */
export interface TrainedBy {
  readonly engine: EngineName;
  readonly provider: Provider;
  /** Processor, cores and system, in words; absent where nobody said. */
  readonly machine?: string;
}

export interface Checkpoint {
  readonly spec: SirenSpec;
  readonly optimiser: Optimiser;
  readonly seed: number;
  /** Of the guidance field it is trained on, see `fingerprintOf`. */
  readonly fingerprint: number;
  /** How often the training was trained further: each leg has a budget and a schedule of its own. */
  readonly leg: number;
  readonly spent: Spent;
  /** Matrix-product arithmetic so far. */
  readonly flops: number;
  /** Whether some of it was done with factors rounded to 8 bits; absent while nothing is known of it. */
  readonly roundsProducts?: boolean;
  /** Absent before the first step, and in files older than this. */
  readonly trainedBy?: TrainedBy;
  readonly recoveries: number;
  /** Steps since the moments were last zero. */
  readonly sinceRestore: number;
  /** Index of the phase under way; -1 before the first. */
  readonly phase: number;
  readonly watch: WatchState;
  readonly samplers: Readonly<Record<SampleKind, SamplerState>>;
  readonly curve: readonly LossPoint[];
  /** As `Training.state` gives it. */
  readonly state: Float32Array;
  /** The best network that the watch kept, flat as `flattened`. */
  readonly best?: Float32Array;
  /** What the legs before this one came to, flat likewise. */
  readonly before?: Float32Array;
}

/** W0, b0, W1, …, one after the other. */
export function flattened({ W, b }: Parameters): Float32Array {
  const flat = new Float32Array([...W, ...b].reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  W.forEach((w, k) => {
    flat.set(w, next);
    flat.set(b[k]!, next + w.length);
    next += w.length + b[k]!.length;
  });
  return flat;
}

/** The network in the first numbers of `flat`, which may be a whole training state. */
export function unflattened(spec: SirenSpec, flat: Float32Array): Parameters {
  if (flat.length < parameterCount(spec)) throw new RangeError('too few numbers for this network');
  let next = 0;
  const take = (length: number) => flat.slice(next, (next += length));
  const layers = layerShapes(spec).map(({ inputs, outputs }) => ({
    W: take(inputs * outputs),
    b: take(outputs),
  }));
  return { W: layers.map(({ W }) => W), b: layers.map(({ b }) => b) };
}
