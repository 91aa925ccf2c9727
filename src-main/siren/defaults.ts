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

/** ω₀ for each pixel along a side, by loss: values want high frequencies at once, residuals the low ones first. */
const omegaPerPixel: Readonly<Record<Loss, number>> = { residual: 0.12, balanced: 0.35, integrated: 0.4 };

/** Bounds of ω₀: below, a tiny picture could not be drawn; above, the first steps only alias. */
const omegaBounds = { least: 4, most: 200 } as const;

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

/** The network and optimiser for a job, found by measurement: ω₀ grows with the resolution and depends on the loss, the width on the budget too. */
export function defaultsFor({ size, channels, loss, budget }: DefaultsFor): {
  spec: SirenSpec;
  optimiser: Optimiser;
} {
  const pixels = size.width * size.height;
  const width = widths.find(({ upTo }) => pixels <= upTo)!;
  const omega = Math.round(omegaPerPixel[loss] * Math.max(size.width, size.height));
  return {
    spec: {
      channels,
      hidden: loss === 'residual' && pixels <= 300 * 300 ? 192 : isLong(budget) ? width.inLong : width.hidden,
      layers: loss === 'residual' ? 3 : 4,
      omega: Math.min(omegaBounds.most, Math.max(omegaBounds.least, omega)),
    },
    optimiser: 'muon',
  };
}
