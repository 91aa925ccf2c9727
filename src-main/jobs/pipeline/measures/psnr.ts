import { perfectPsnr } from '../../../../src-shared/model/metrics.ts';

export interface PsnrOptions {
  /** The range that 0 dB stands for. Default 1. */
  readonly peak?: number;
  /** Take each channel's mean difference away first. Default false. */
  readonly removeOffset?: boolean;
  /** [height, width]; only pixels where it is not 0 count. All where absent. */
  readonly where?: Uint8Array;
}

/**
 * Peak signal-to-noise ratio, 10·log10(peak²/mean square difference) in dB, over all channels together.
 *
 * `undefined` where there is nothing to compare, or no range to compare it with.
 *
 * @param values,reference planar [channels, height, width]
 */
export function psnrOf(
  values: ArrayLike<number>,
  reference: ArrayLike<number>,
  channels: number,
  { peak = 1, removeOffset = false, where }: PsnrOptions = {},
): number | undefined {
  const plane = values.length / channels;
  let squares = 0;
  let total = 0;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let sumOfSquares = 0;
    let count = 0;
    for (let i = 0; i < plane; i++) {
      if (where !== undefined && where[i] === 0) continue;
      const difference = values[c * plane + i]! - reference[c * plane + i]!;
      sum += difference;
      sumOfSquares += difference * difference;
      count++;
    }
    if (count === 0) return undefined;
    squares += removeOffset ? Math.max(0, sumOfSquares - (sum * sum) / count) : sumOfSquares;
    total += count;
  }
  if (!(peak > 0)) return undefined;
  return Math.min(perfectPsnr, -10 * Math.log10(squares / total / peak ** 2));
}

/** max - min over several arrays. */
export function rangeOf(...arrays: readonly ArrayLike<number>[]): number {
  let low = Infinity;
  let high = -Infinity;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return high - low;
}
