import type { Supervision } from '../../src-shared/model/field.ts';
import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import type { Budget, Loss, SirenSpec } from '../../src-shared/model/training.ts';
import type { Optimiser } from './step.ts';

export interface DefaultsFor {
  readonly size: Size;
  readonly channels: ChannelCount;
  readonly supervision: Supervision;
  readonly loss: Loss;
  /** A short one where absent. */
  readonly budget?: Budget;
}

/** Bounds of ω₀: below, a tiny picture could not be drawn; above, the first steps only alias. */
const omegaBounds = { least: 4, most: 200 } as const;

/**
 * ω₀ for a picture whose longer side has so many pixels. Residuals want the low frequencies first, values high ones at
 * once: 0.5 a pixel, and a small picture, which a network soon knows by heart, as many as one of 112 pixels. Against
 * 0.35 a pixel that gains 6 dB at 64², 0.3 at 128² and 0.1 at 256² in the same steps, more in longer trainings. Above
 * 0.75 a pixel Φ begins to swing between the pixels, where nothing is asked of its values.
 */
function omegaFor(loss: Loss, side: number): number {
  const omega = loss === 'residual' ? 0.12 * side : Math.min(0.75 * side, Math.max(56, 0.5 * side));
  return Math.round(Math.min(omegaBounds.most, Math.max(omegaBounds.least, omega)));
}

/**
 * Widths of the hidden layers, and the pixels up to which each pays within a short budget and within a long one: a wide
 * network learns more with each step and makes fewer of them. At 256² and 76 s of a core, 224 gains 0.4 dB over 192; at
 * 14 s it loses 0.2.
 */
const widths = [
  { hidden: 160, inLong: 192, upTo: 192 * 192 },
  { hidden: 192, inLong: 224, upTo: 300 * 300 },
  { hidden: 256, inLong: 256, upTo: Infinity },
] as const;

/** From where on a budget is long. */
const long = { seconds: 30, steps: 1200 } as const;

const isLong = (budget: Budget | undefined) =>
  budget !== undefined && ('seconds' in budget ? budget.seconds >= long.seconds : budget.steps >= long.steps);

/** The network and optimiser for a job, found by measurement. */
export function defaultsFor({ size, channels, loss, budget }: DefaultsFor): {
  spec: SirenSpec;
  optimiser: Optimiser;
} {
  const pixels = size.width * size.height;
  const width = widths.find(({ upTo }) => pixels <= upTo)!;
  return {
    spec: {
      channels,
      hidden: loss === 'residual' && pixels <= 300 * 300 ? 192 : isLong(budget) ? width.inLong : width.hidden,
      layers: loss === 'residual' ? 3 : 4,
      omega: omegaFor(loss, Math.max(size.width, size.height)),
    },
    optimiser: 'muon',
  };
}
