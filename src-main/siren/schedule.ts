/**
 * What a training does when: which samples, how much each loss term counts, and the learning rates.
 */
import type { Supervision } from '../../src-shared/model/field.ts';
import type { Loss, SirenSpec } from '../../src-shared/model/training.ts';
import type { BatchShape, Hyper } from './engine.ts';
import { OMEGA_HIDDEN } from './initialise.ts';
import { sampleKinds } from './loss-gradient.ts';
import type { SampleKind } from './loss-gradient.ts';
import type { Precision } from './ops.ts';
import { ADAM_BETA1, ADAM_BETA2 } from './optimisers.ts';
import type { Optimiser } from './step.ts';

/** A stretch of the training with one kind of batch. */
export interface Phase {
  /** Share of the budget at which it ends. */
  readonly until: number;
  /** Samples a step. */
  readonly shape: BatchShape;
  /** Weight of each loss term. */
  readonly weights: Readonly<Record<SampleKind, number>>;
  /** Of the forward pass. Default: full. */
  readonly precision?: Precision;
}

/**
 * How the learning rate falls after its rise, by t from 0 to 1: as half a cosine to 2 %, or as (1-t)^1.5 to nothing.
 */
export type Decay = 'cosine' | 'power';

export interface Schedule {
  readonly phases: readonly Phase[];
  readonly rates: Rates;
  readonly decay: Decay;
}

/** Peak learning rates: Muon's, and Adam's by layer. */
export interface Rates {
  readonly muon: number;
  /** For ω₀ = 1: the first layer, with ω₀ folded in, moves ω₀ times as far. */
  readonly first: number;
  readonly hidden: number;
  readonly output: number;
}

/** The cosine's end, as a share of the peak; and the share of the budget over which the rate rises to it. */
const FLOOR = 0.02;
const WARM_UP = 0.02;
const POWER = 1.5;

/** The learning rate's factor at a share of the budget: a short rise, then its decay. */
export function rateFactor(fraction: number, decay: Decay): number {
  const f = Math.min(1, Math.max(0, fraction));
  if (f < WARM_UP) return Math.max(0.05, f / WARM_UP);
  const t = (f - WARM_UP) / (1 - WARM_UP);
  if (decay === 'power') return (1 - t) ** POWER;
  return FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * t));
}

export function phaseAt({ phases }: Schedule, fraction: number): Phase {
  return phases.find(({ until }) => fraction < until) ?? phases[phases.length - 1]!;
}

/** What the step number `step` (from 1, since the moments were last zero) is told. */
export function hyperAt(
  spec: SirenSpec,
  schedule: Schedule,
  phase: Phase,
  fraction: number,
  step: number,
  damping: number,
): Hyper {
  const factor = rateFactor(fraction, schedule.decay) * damping;
  const correction = Math.sqrt(1 - ADAM_BETA2 ** step) / (1 - ADAM_BETA1 ** step);
  const { muon, first, hidden, output } = schedule.rates;
  return {
    muonRate: muon * factor,
    firstRate: first * spec.omega * factor * correction,
    hiddenRate: hidden * factor * correction,
    outputRate: output * factor * correction,
    clip: 10,
    valueWeight: phase.weights.value,
    directionalWeight: phase.weights.directional,
    laplacianWeight: phase.weights.laplacian,
  };
}

/** Whether two phases' losses are on one scale: of the same samples at the same weights. */
export function asksTheSame(a: Phase, b: Phase | undefined): boolean {
  const isSame = (kind: SampleKind) =>
    a.shape[kind] === b?.shape[kind] && a.weights[kind] === b.weights[kind];
  return sampleKinds.every(isSame);
}

/** The sum of a phase's terms, weighted as it trains them. */
export function weightedLoss(phase: Phase, terms: Readonly<Record<SampleKind, number>>): number {
  return sampleKinds.reduce((sum, kind) => sum + phase.weights[kind] * terms[kind], 0);
}

/**
 * Share of the peak rates that a network already trained is moved by again, measured at 128²: with values among what
 * it is asked more undoes what it knows, and a pure residual never comes to rest, so that less only loses time.
 */
const WARM: Readonly<Record<Loss, number>> = { residual: 1, balanced: 0.25, integrated: 0.25 };

/** The schedule of a further leg: the last phase alone, which asks for everything, from a lower peak. */
export function warmRestart({ phases, rates, decay }: Schedule, loss: Loss): Schedule {
  const last = phases[phases.length - 1]!;
  const { muon, first, hidden, output } = rates;
  const share = WARM[loss];
  return {
    phases: [{ ...last, until: 1 }],
    decay,
    rates: { muon: share * muon, first: share * first, hidden: share * hidden, output: share * output },
  };
}

const only = (shape: Partial<Record<SampleKind, number>>): Record<SampleKind, number> => ({
  value: 0,
  directional: 0,
  laplacian: 0,
  ...shape,
});

/** Where every layer counts alike, hidden ones move OMEGA_HIDDEN times as far: their ω is folded in too. */
const even = (adam: number): Omit<Rates, 'muon'> => ({
  first: adam,
  hidden: OMEGA_HIDDEN * adam,
  output: adam,
});

/** Peak rates by loss, measured at 128² and 256²: a pure residual's low frequencies want the output layer moved far. */
const muonRates: Readonly<Record<Loss, Rates>> = {
  residual: { muon: 0.03, first: 6e-3, hidden: 0.054, output: 9e-3 },
  balanced: { muon: 0.05, ...even(1e-3) },
  integrated: { muon: 0.05, ...even(1e-3) },
};
/**
 * How the rates fall, by loss: with values among what is asked, more time at low rates is worth 0.2 dB at 128² and 0.1 at
 * 256², where a pure residual loses one or two of its low frequencies to it.
 */
const decays: Readonly<Record<Loss, Decay>> = { residual: 'cosine', balanced: 'power', integrated: 'power' };
const adamRates: Rates = { muon: 0, ...even(1e-3) };

/** Pixels above which batches are twice as large. */
const LARGE_ABOVE = 192 * 192;

/** Root mean square of a picture of ordinary contrast about its mean, in image values: that of the astronaut at 128². */
export const ORDINARY_CONTRAST = 0.3;

/**
 * Weight of the derivatives beside the value, once they are asked for: what leaves both the picture and its
 * derivatives right within a budget of seconds. Large pictures are the harder to get right at their pixels. The loss
 * is relative to the picture's own contrast and decibels are not: a picture of little contrast has its pixels right
 * long before its derivatives, and so can give more to those.
 *
 * @param contrast root mean square of the integrated picture about its mean, in image values
 */
function derivativeWeight(supervision: Supervision, pixels: number, contrast: number): number {
  const usual = supervision === 'laplacian' ? 0.01 : pixels > LARGE_ABOVE ? 0.035 : 0.07;
  const flatness = (ORDINARY_CONTRAST / Math.max(contrast, 1e-6)) ** 1.5;
  return usual * Math.min(16, Math.max(0.5, flatness));
}

/** Pixels below which a picture's values are soon known. */
const SMALL_BELOW = 2 ** 13;

/**
 * Share of the budget that a balanced training gives to values alone, which cost a third of a derivative or less.
 * Laplacians of a small picture are worth more of it: 1 to 4 dB at 64², and half of the residual or less.
 */
const valuesUntil = (supervision: Supervision, pixels: number) =>
  supervision === 'laplacian' && pixels < SMALL_BELOW ? 0.3 : 0.5;

/**
 * The schedule that a loss stands for.
 *
 * @param contrast root mean square of the integrated picture about its mean, in image values
 */
export function scheduleFor(
  loss: Loss,
  supervision: Supervision,
  optimiser: Optimiser,
  pixels: number,
  contrast = ORDINARY_CONTRAST,
): Schedule {
  const rates = optimiser === 'muon' ? muonRates[loss] : adamRates;
  const decay = decays[loss];
  const rows = pixels > LARGE_ABOVE ? 4096 : 2048;
  const derivatives = (n: number): Partial<Record<SampleKind, number>> =>
    supervision === 'gradient' ? { directional: n } : { laplacian: n, directional: n >> 2 };
  if (loss === 'residual') {
    const shape = only(supervision === 'gradient' ? { directional: 4096 } : derivatives(2048));
    return { rates, decay, phases: [{ until: 1, shape, weights: only({ directional: 1, laplacian: 1 }) }] };
  }
  const values = { shape: only({ value: rows }), weights: only({ value: 1 }) };
  const roughly = { ...values, precision: 'coarse' } as const;
  if (loss === 'integrated') {
    return {
      rates,
      decay,
      phases: [
        { until: 0.5, ...roughly },
        { until: 1, ...values },
      ],
    };
  }
  const weight = derivativeWeight(supervision, pixels, contrast);
  // A Laplacian costs four times a value: fewer of them leave time for more steps.
  const share = supervision === 'gradient' ? rows >> 1 : rows >> 2;
  return {
    rates,
    decay,
    phases: [
      { until: valuesUntil(supervision, pixels), ...roughly },
      {
        until: 1,
        shape: only({ value: rows - share, ...derivatives(share) }),
        weights: only({ value: 1, directional: weight, laplacian: weight }),
      },
    ],
  };
}
