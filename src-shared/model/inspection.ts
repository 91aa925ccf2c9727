import type { Point } from './point.ts';

/** One number a channel. */
export type ChannelValues = readonly number[];

/** A sample of the guidance field: which derivative, where it stands, and what network there is has exactly there. */
export interface ProbedSample extends Point {
  readonly of: 'dx' | 'dy' | 'laplacian';
  readonly value: ChannelValues;
  readonly network?: ChannelValues;
}

/**
 * What is known at one point. Positions are in pixels of what the network sees, (0, 0) the first pixel's centre;
 * derivatives are per unit (squared) of the domain.
 */
export interface Probed extends Point {
  /** The point's coordinates in the domain [-1, 1]². */
  readonly domain: Point;
  /** The jet at the point itself, computed in float64; absent until the job has finished. */
  readonly network?: {
    readonly value: ChannelValues;
    readonly dx: ChannelValues;
    readonly dy: ChannelValues;
    readonly laplacian: ChannelValues;
  };
  /** The supervision's samples nearest to the point. */
  readonly supervision: readonly ProbedSample[];
  /** Values of the nearest pixel. */
  readonly photograph: ChannelValues;
  readonly exact?: ChannelValues;
}

/** A piece of a mask's outline, a pixel long, between two corners of pixels (0 is the first pixel's edge). */
export interface SeamEdge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** |target − source| beside it, root mean square over the channels, image values. */
  readonly mismatch: number;
}

/** How badly a source fits its target along the seam. What varies along it must bleed inwards. */
export interface SeamMismatch {
  readonly edges: readonly SeamEdge[];
  /** Root mean square of target − source over the outline and all channels; 0 where there is no seam. */
  readonly rms: number;
  /** The same about each channel's mean: an even mismatch only shifts the colours. */
  readonly spread: number;
  /** target − source, the mean of each channel. */
  readonly mean: ChannelValues;
}

/** An exported network loaded back into onnxruntime and compared with float64 jets. */
export interface ModelCheck {
  /** What the file says of itself, in its own words and order. */
  readonly card: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly parameters: number;
  /** How many points were compared. */
  readonly points: number;
  /** The largest difference of each output over its largest absolute value. */
  readonly differences: Readonly<Record<'rgb' | 'dx' | 'dy' | 'laplacian', number>>;
  /** Whether every difference is within what float32 explains. */
  readonly agrees: boolean;
}
