import type { ColorEncoding } from '../../../../src-shared/model/image.ts';
import { linearToSrgb } from '../../../../src-shared/model/transfer.ts';
import { quantise } from '../../../imaging/encode.ts';
import { fullScale, type Samples } from '../../../imaging/samples.ts';
import type { Patch } from '../problem.ts';

/** Samples at another depth: exact upwards and back (65535 = 257·255), rounded downwards. */
export function atDepth(samples: Samples, bitDepth: 8 | 16): Samples {
  const { data } = samples;
  if ((bitDepth === 16) === data instanceof Uint16Array) return samples;
  // A loop: `from` takes ten times as long, which is many seconds of a large photograph.
  const count = data.length;
  if (bitDepth === 16) {
    const wide = new Uint16Array(count);
    for (let i = 0; i < count; i++) wide[i] = data[i]! * 257;
    return { ...samples, data: wide };
  }
  const narrow = new Uint8Array(count);
  for (let i = 0; i < count; i++) narrow[i] = Math.round(data[i]! / 257);
  return { ...samples, data: narrow };
}

/**
 * The target's own samples, and within the patch the network's values: planar [channels, height, width] of the
 * patch's rectangle. Alpha stays the target's throughout.
 */
export function composite(
  { target, rectangle, inside }: Patch,
  values: Float32Array | Float64Array,
  encoding: ColorEncoding,
  bitDepth: 8 | 16,
): Samples {
  const base = atDepth(target, bitDepth);
  const { channels } = base;
  const max = fullScale(base.data);
  const { width, height } = rectangle;
  const data = base.data.slice();
  for (let c = 0; c < (channels < 3 ? 1 : 3); c++) {
    const plane = values.subarray(c * width * height, (c + 1) * width * height);
    for (let y = 0; y < height; y++) {
      const to = ((y + rectangle.y) * base.width + rectangle.x) * channels + c;
      putRow(plane, inside, y * width, width, encoding === 'linear', max, data, to, channels);
    }
  }
  return { ...base, data };
}

/** The values inside of a row of `count` from index `first` on, as samples from `to` on, `step` apart. */
function putRow(
  values: Float32Array | Float64Array,
  inside: Uint8Array,
  first: number,
  count: number,
  isLinear: boolean,
  max: number,
  data: Uint8Array | Uint16Array,
  to: number,
  step: number,
): void {
  for (let i = first; i < first + count; i++, to += step) {
    if (inside[i] === 0) continue;
    data[to] = quantise(isLinear ? linearToSrgb(values[i]!) : values[i]!, max);
  }
}

/**
 * The largest difference outside the patch, over all bands both have, in steps of 8 bits, at the result's depth. A file
 * of a format without grey has it in its first band.
 */
export function outsideDifference({ target, rectangle, inside }: Patch, result: Samples): number {
  const isEight = result.data instanceof Uint8Array;
  const expected = atDepth(target, isEight ? 8 : 16);
  const { width, channels } = expected;
  const bands = sharedBands(channels, result.channels);
  let largest = 0;
  for (let i = 0; i < expected.data.length / channels; i++) {
    const x = (i % width) - rectangle.x;
    const y = Math.floor(i / width) - rectangle.y;
    const within = x >= 0 && y >= 0 && x < rectangle.width && y < rectangle.height;
    if (within && inside[y * rectangle.width + x] !== 0) continue;
    for (const [own, other] of bands) {
      const difference = expected.data[i * channels + own]! - result.data[i * result.channels + other]!;
      largest = Math.max(largest, Math.abs(difference));
    }
  }
  return isEight ? largest : largest / 257;
}

type Channels = Samples['channels'];

/** Which band of one goes with which of the other: the colours, and the alphas, which come last. */
function sharedBands(one: Channels, other: Channels): [number, number][] {
  const colours = Math.min(one, other) < 3 ? 1 : 3;
  const bands = Array.from({ length: colours }, (_, c): [number, number] => [c, c]);
  return one % 2 === 0 && other % 2 === 0 ? [...bands, [one - 1, other - 1]] : bands;
}
