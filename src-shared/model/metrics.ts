import type { EngineName, LossPoint, Products, Provider } from './training.ts';

/** dB. No figure is larger: beyond it double precision has nothing to say, and JSON has no infinity. */
export const perfectPsnr = 400;

/**
 * What a run came to. The keys are those of the command line's `--json` object; one that does not apply is absent,
 * never faked.
 */
export interface Metrics {
  /**
   * dB against the photograph at the size the network saw (fuse: against the plain blend of the two), each channel's
   * constant offset removed.
   */
  readonly psnr?: number;
  /** dB against the exact solution of the same guidance field; for a clone, inside the mask. */
  readonly exactPsnr?: number;
  /** dB of (dx, dy) at pixel centres against the photograph's by the same operator, the peak being the range of the latter. */
  readonly gradientPsnr?: number;
  /** dB of the Laplacian against the photograph's, the peak likewise. */
  readonly laplacianPsnr?: number;
  /** mean |∇Φ-g|² / mean |g|² over the guidance field (beyond 1024×1024 samples over every nth row) with Φ's analytic derivatives; for Laplacians likewise. */
  readonly residual?: number;
  /** Clone: largest absolute 8-bit difference outside the mask; 0 but for what a format with loss makes of it. */
  readonly maxOutsideDifference?: number;
  /** Wall-clock seconds of training. */
  readonly seconds?: number;
  readonly steps?: number;
  readonly stepsPerSecond?: number;
  /** Achieved GFLOP/s of the training steps. */
  readonly gflops?: number;
  readonly products?: Products;
  /** Running mean of the loss at the end, over its last twenty runs of steps or so; `lossCurve` has each run's own. */
  readonly loss?: number;
  readonly lossCurve?: readonly LossPoint[];
  /** Of the picture that is written: a clone's is its whole target. */
  readonly width?: number;
  readonly height?: number;
  /** Trained numbers in the network. */
  readonly parameters?: number;
  /** Engine, provider and machine are those that trained it last, wherever it is read; of a network by itself, what reads it. */
  readonly engine?: EngineName;
  readonly provider?: Provider;
  /** Processor, cores and system, in words. */
  readonly machine?: string;
  readonly seed?: number;
  /** Files written. On the command line only: the renderer never sees a path. */
  readonly outputs?: readonly string[];
}
