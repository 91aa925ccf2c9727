import type { ChannelCount } from './image.ts';

/**
 * - `residual`: the paper's, mean |∇Φ-g|².
 * - `integrated`: mean |Φ-u|², u the exact Poisson solution of g alone, its free constant removed.
 * - `balanced`: their weighted sum, on a schedule from `integrated` towards `residual`; the default.
 */
export const losses = ['residual', 'balanced', 'integrated'] as const;
export type Loss = (typeof losses)[number];

/** What is minimised where nobody says otherwise. */
export const defaultLoss: Loss = 'balanced';

export const engines = ['ort', 'tfjs'] as const;
export type EngineName = (typeof engines)[number];

/**
 * What a training's matrix products are of: `8-bit` where some, of which rounding averages out, are of factors rounded to
 * 256 levels; `float32` where none are.
 */
export const products = ['float32', '8-bit'] as const;
export type Products = (typeof products)[number];

export const providers = ['cpu', 'webgpu', 'cuda', 'directml', 'coreml'] as const;
export type Provider = (typeof providers)[number];

/**
 * The largest network there is: what can be trained can be exported, and opened again. 1024 × 16 makes a file of 60 MiB,
 * and a file may have 64.
 */
export const largestNetwork = { hidden: 1024, layers: 16 } as const;

/** The shape of a SIREN: 2 → hidden (sine) → … → hidden (sine) → channels (linear). */
export interface SirenSpec {
  readonly channels: ChannelCount;
  /** Units in every sine layer. */
  readonly hidden: number;
  /** Sine layers, the first included; at least 1. */
  readonly layers: number;
  /** ω₀ of the first layer; it has to grow with the resolution. */
  readonly omega: number;
}

/** When training ends: after so many seconds or so many steps. The learning rate's schedule spans it. */
export type Budget = { readonly seconds: number } | { readonly steps: number };

/** Pixels along the longer side of a clone's window that its network sees at most, unless told otherwise. */
export const cloneSize = 256;

/** Where a training stands. Sent often; everything in it is a number already known, nothing is computed for it. */
export interface Progress {
  readonly step: number;
  /** Share of the budget spent, 0…1. */
  readonly fraction: number;
  /** Weighted loss of the latest steps, relative to that of a network that is zero everywhere (1 = nothing learned). */
  readonly loss: number;
  readonly learningRate: number;
  readonly stepsPerSecond: number;
  readonly secondsElapsed: number;
  readonly secondsLeft: number;
}

/** One point of the loss curve. */
export interface LossPoint {
  readonly step: number;
  readonly seconds: number;
  readonly loss: number;
}

/** A point of the curves drawn while a training runs: PSNRs only where one was measured since the point before. */
export interface CurvePoint extends LossPoint {
  readonly learningRate?: number;
  /** dB against the photograph, over the preview's grid of pixels. */
  readonly psnr?: number;
  /** dB against the exact solution, over the preview's grid of pixels; for a clone, inside the mask. */
  readonly exactPsnr?: number;
}
