import type { Supervision } from '../../src-shared/model/field.ts';
import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import type { Loss, SirenSpec } from '../../src-shared/model/training.ts';
import type { Optimiser } from './step.ts';

export interface DefaultsFor {
  readonly size: Size;
  readonly channels: ChannelCount;
  readonly supervision: Supervision;
  readonly loss: Loss;
}

/** ω₀ for each pixel along a side, by loss: values want high frequencies at once, residuals the low ones first. */
const omegaPerPixel: Readonly<Record<Loss, number>> = { residual: 0.12, balanced: 0.35, integrated: 0.4 };

/** Bounds of ω₀: below, a tiny picture could not be drawn; above, the first steps only alias. */
const omegaBounds = { least: 4, most: 200 } as const;

/** Widths of the hidden layers, and the pixels up to which each pays within a budget of seconds. */
const widths = [
  { hidden: 160, upTo: 192 * 192 },
  { hidden: 192, upTo: 300 * 300 },
  { hidden: 256, upTo: Infinity },
] as const;

/** The network and optimiser for a job, found by measurement: ω₀ grows with the resolution and depends on the loss. */
export function defaultsFor({ size, channels, loss }: DefaultsFor): {
  spec: SirenSpec;
  optimiser: Optimiser;
} {
  const pixels = size.width * size.height;
  const omega = Math.round(omegaPerPixel[loss] * Math.max(size.width, size.height));
  return {
    spec: {
      channels,
      hidden:
        loss === 'residual' && pixels <= 300 * 300 ? 192 : widths.find(({ upTo }) => pixels <= upTo)!.hidden,
      layers: loss === 'residual' ? 3 : 4,
      omega: Math.min(omegaBounds.most, Math.max(omegaBounds.least, omega)),
    },
    optimiser: 'muon',
  };
}
