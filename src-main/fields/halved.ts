import type { Raster } from './raster.ts';

/** Means of 2×2 pixels; where a side is odd, the last of it by itself. */
export function halved({ width: from, height: rows, channels, data }: Raster): Raster {
  const width = Math.ceil(from / 2);
  const height = Math.ceil(rows / 2);
  const out = new Float32Array(channels * width * height);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const upper = (c * rows + 2 * y) * from;
      const lower = 2 * y + 1 < rows ? upper + from : upper;
      meanRow(data, upper, lower, from, out, (c * height + y) * width);
    }
  }
  return { width, height, channels, data: out };
}

function meanRow(
  data: Float32Array,
  upper: number,
  lower: number,
  count: number,
  out: Float32Array,
  to: number,
): void {
  for (let x = 0; x < count; x += 2) {
    const next = x + 1 < count ? x + 1 : x;
    out[to + (x >> 1)] =
      (data[upper + x]! + data[upper + next]! + (data[lower + x]! + data[lower + next]!)) / 4;
  }
}
