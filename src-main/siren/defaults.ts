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
 * Widths of the hidden layers by the picture's pixels, each with the seconds from which on it pays: a wide network learns
 * more with each step and makes fewer of them. On two cores 256 instead of 192 gains 0.8 dB in 20 s at 256², nothing
 * in 8 s, and 320 instead of 256 gains 0.2 dB in 20 s and 0.7 dB in 45 s at 512².
 */
const widths: readonly {
  readonly upTo: number;
  readonly hidden: readonly (readonly [seconds: number, hidden: number])[];
}[] = [
  {
    upTo: 192 * 192,
    hidden: [
      [0, 160],
      [15, 192],
    ],
  },
  {
    upTo: 300 * 300,
    hidden: [
      [0, 192],
      [6, 224],
      [15, 256],
    ],
  },
  {
    upTo: Infinity,
    hidden: [
      [0, 256],
      [15, 320],
    ],
  },
];

/** What a budget in steps is taken for, and one that nobody named. */
const usual = { stepsASecond: 60, seconds: 8 } as const;
/** Seconds below which a pure residual has little time. */
const soon = 20;

function secondsOf(budget: Budget | undefined): number {
  if (budget === undefined) return usual.seconds;
  return 'seconds' in budget ? budget.seconds : budget.steps / usual.stepsASecond;
}

/**
 * ω₀ for a picture whose longer side has so many pixels. Residuals want the low frequencies first, values high ones at
 * once, the more of them for a pixel the smaller the picture is, which a network then soon knows by heart. Against 0.35 a
 * pixel that gains 6 dB at 64², 0.3 at 128² and 0.1 at 256² in the same steps, more in longer trainings. Above 0.75 a
 * pixel Φ begins to swing between the pixels, where nothing is asked of its values.
 *
 * A pure residual of a small picture begins with more where it has little time: 0.17 a pixel instead of 0.12 gains 1 to 3
 * dB up to 128² (bench/race.md) and leaves half of the residual or less; at 256², and after 2000 steps, it loses up to 3.
 */
function omegaFor(loss: Loss, side: number, budget: Budget | undefined): number {
  const omega =
    loss === 'residual'
      ? Math.max(0.12 * side, secondsOf(budget) < soon ? Math.min(0.17 * side, 21) : 0)
      : Math.min(0.75 * side, 56 * Math.max(1, side / 112) ** 0.8);
  return Math.round(Math.min(omegaBounds.most, Math.max(omegaBounds.least, omega)));
}

function widthFor(pixels: number, budget: Budget | undefined): number {
  const seconds = secondsOf(budget);
  const { hidden } = widths.find(({ upTo }) => pixels <= upTo)!;
  return hidden.findLast(([from]) => seconds >= from)![1];
}

/** The network and optimiser for a job, found by measurement. */
export function defaultsFor({ size, channels, loss, budget }: DefaultsFor): {
  spec: SirenSpec;
  optimiser: Optimiser;
} {
  const pixels = size.width * size.height;
  return {
    spec: {
      channels,
      hidden: loss === 'residual' && pixels <= 300 * 300 ? 192 : widthFor(pixels, budget),
      layers: loss === 'residual' ? 3 : 4,
      omega: omegaFor(loss, Math.max(size.width, size.height), budget),
    },
    optimiser: 'muon',
  };
}
