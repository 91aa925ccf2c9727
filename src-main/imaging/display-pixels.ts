import sharp from 'sharp';
import type { Size } from '../../src-shared/model/image.ts';
import { sizeWithin } from './resample.ts';
import type { Samples } from './samples.ts';

/** Pixels ready for a canvas: RGBA, 8 bits each, interleaved, alpha straight, sRGB. */
export interface DisplayPixels extends Size {
  readonly data: Uint8Array;
}

/** More are never shown at once: a canvas of them takes 134 MB. */
export const mostDisplayPixels = 2 ** 25;

/**
 * Samples as a screen shows them, reduced to a longest side of `size` or to `mostDisplayPixels`, whichever is smaller;
 * never enlarged. At their own size 8-bit samples are themselves, 16-bit ones rounded to the nearest.
 */
export async function displayPixels(samples: Samples, size = Infinity): Promise<DisplayPixels> {
  const longest = Math.max(samples.width, samples.height);
  const fits = Math.floor(
    longest * Math.min(1, Math.sqrt(mostDisplayPixels / (samples.width * samples.height))),
  );
  const wanted = sizeWithin(samples, Math.max(1, Math.min(size, fits)));
  const { width, height, channels } = samples;
  const eight = samples.data instanceof Uint8Array ? samples.data : rounded(samples.data);
  if (wanted.width === width && wanted.height === height)
    return asRgba({ width, height, channels, data: eight });
  // Reduced before it is spread to RGBA, so that a large photograph is never held in both.
  const raw = { width, height, channels };
  const { data, info } = await sharp(eight, { raw, limitInputPixels: false })
    .resize(wanted.width, wanted.height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return asRgba({ ...wanted, channels: info.channels as Samples['channels'], data });
}

/**
 * Values as a screen shows them: planar [channels, height, width], one channel or three, 1 white; rounded to the nearest
 * of 8 bits, what lies beyond 0…1 to its end, opaque. One channel is grey.
 */
export function pixelsOfPlanes({
  width,
  height,
  channels,
  data,
}: Size & { readonly channels: 1 | 3; readonly data: Float64Array | Float32Array }): DisplayPixels {
  const count = width * height;
  const out = new Uint8ClampedArray(4 * count).fill(255);
  for (let c = 0; c < 3; c++) {
    const plane = channels === 1 ? 0 : c * count;
    for (let i = 0; i < count; i++) out[4 * i + c] = Math.round(255 * data[plane + i]!);
  }
  return { width, height, data: new Uint8Array(out.buffer) };
}

function asRgba({ width, height, channels, data }: Samples & { data: Uint8Array }): DisplayPixels {
  const out = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) spreadRow(data, channels, y * width, width, out);
  return { width, height, data: out };
}

/** The nearest of 8 bits. */
function rounded(data: Uint16Array): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = (data[i]! + 128) / 257;
  return out;
}

/** `count` pixels from pixel `first` on as RGBA. A row a call, so that it is compiled once. */
function spreadRow(
  data: Uint8Array,
  channels: Samples['channels'],
  first: number,
  count: number,
  out: Uint8Array,
): void {
  const colour = channels >= 3;
  const alphaAt = channels === 2 ? 1 : channels === 4 ? 3 : -1;
  let from = first * channels;
  for (let to = 4 * first; to < 4 * (first + count); to += 4, from += channels) {
    out[to] = data[from]!;
    out[to + 1] = data[colour ? from + 1 : from]!;
    out[to + 2] = data[colour ? from + 2 : from]!;
    out[to + 3] = alphaAt < 0 ? 255 : data[from + alphaAt]!;
  }
}
