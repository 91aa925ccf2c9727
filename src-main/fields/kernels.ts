/** A reconstruction filter: its half-width, and its value at a distance below that. In samples. */
export interface Kernel {
  readonly radius: number;
  at(distance: number): number;
}

/** Cubic convolution with the values between samples on a Catmull–Rom spline (Keys 1981, a = −½). */
export const catmullRom: Kernel = {
  radius: 2,
  at(distance) {
    const t = Math.abs(distance);
    if (t >= 2) return 0;
    return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((-0.5 * t + 2.5) * t - 4) * t + 2;
  },
};

/** Linear interpolation: never negative, never beyond the neighbouring samples. */
export const tent: Kernel = {
  radius: 1,
  at: (distance) => Math.max(0, 1 - Math.abs(distance)),
};

/** For each of a line's positions: `taps` weights that sum to 1, and the sample that the first of them belongs to. */
export interface Taps {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/**
 * The taps of a kernel about positions on a line of `count` samples (0 is the first's centre), `stretch` times as wide:
 * 1 between samples, the distance of the positions where they lie wider apart, so that nothing aliases. Beyond its ends
 * the line goes on with its first and last sample.
 */
export function tapsAt(positions: Float64Array, count: number, kernel: Kernel, stretch: number): Taps {
  const reach = kernel.radius * stretch;
  const taps = Math.min(Math.ceil(2 * reach) + 1, count);
  const first = new Int32Array(positions.length);
  const weights = new Float64Array(positions.length * taps);
  positions.forEach((position, i) => {
    const from = Math.ceil(position - reach);
    const start = Math.min(Math.max(from, 0), count - taps);
    first[i] = start;
    let sum = 0;
    for (let sample = from; sample <= position + reach; sample++) {
      const weight = kernel.at((sample - position) / stretch);
      const held = Math.min(Math.max(sample, 0), count - 1);
      // A position far outside sees nothing but the end that it lies beyond.
      weights[i * taps + Math.min(Math.max(held - start, 0), taps - 1)]! += weight;
      sum += weight;
    }
    for (let k = i * taps; k < (i + 1) * taps; k++) weights[k]! /= sum;
  });
  return { taps, first, weights };
}
