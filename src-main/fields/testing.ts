import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import type { Raster } from './raster.ts';

/** Seeded numbers in 0…1 for specs (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An image of noise whose values are multiples of 1/256, so that adding such a constant is exact. */
export function noiseRaster({ width, height }: Size, channels: ChannelCount, seed: number): Raster {
  const random = seededRandom(seed);
  const data = Float32Array.from(
    { length: channels * width * height },
    () => Math.floor(random() * 256) / 256,
  );
  return { width, height, channels, data };
}

/** An image with the values of `valueAt(x, y, channel)`, in pixels. */
export function rasterOf(
  { width, height }: Size,
  channels: ChannelCount,
  valueAt: (x: number, y: number, channel: number) => number,
): Raster {
  const data = Float32Array.from({ length: channels * width * height }, (_, i) =>
    valueAt(i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))),
  );
  return { width, height, channels, data };
}

export function plus(image: Raster, constant: number): Raster {
  return { ...image, data: image.data.map((value) => value + constant) };
}

/** The largest |a − b|. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Planar values less each channel's mean. */
export function centred(values: ArrayLike<number>, channels: number): Float64Array {
  const out = Float64Array.from(values);
  const size = out.length / channels;
  for (let c = 0; c < channels; c++) {
    const plane = out.subarray(c * size, (c + 1) * size);
    const mean = plane.reduce((sum, value) => sum + value, 0) / size;
    plane.forEach((value, i) => {
      plane[i] = value - mean;
    });
  }
  return out;
}
