import type { ColorEncoding, LinearImage } from '../../src-shared/model/image.ts';
import { srgbToLinear } from '../../src-shared/model/transfer.ts';
import { decodeSamples } from './decode-samples.ts';
import type { DecodeOptions } from './decode-samples.ts';
import { fullScale } from './samples.ts';
import type { Samples } from './samples.ts';
import { inSlices } from './slices.ts';
import { nameOf } from './source.ts';
import type { ImageSource } from './source.ts';

export interface DecodeImageOptions extends DecodeOptions {
  /** sRGB-encoded values (the default) or linear light. */
  readonly encoding?: ColorEncoding;
}

/**
 * Decodes a file as `decodeSamples` does, to real numbers: sample/255 or sample/65535, planar, alpha kept aside.
 *
 * `linear` undoes sRGB's transfer curve. Throws what `decodeSamples` throws.
 */
export async function decodeImage(
  signal: AbortSignal,
  source: ImageSource,
  options: DecodeImageOptions = {},
): Promise<LinearImage> {
  const samples = await decodeSamples(signal, source, options);
  const { image, fill } = prepare(samples, options.encoding ?? 'srgb');
  const doing = `Reading ${options.name ?? nameOf(source)}`;
  await inSlices(signal, doing, samples.width * samples.height, pixelsPerSlice, fill);
  return image;
}

/** Samples as real numbers; the inverse of `samplesFromImage` at the same depth, exactly. */
export function imageFromSamples(samples: Samples, encoding: ColorEncoding = 'srgb'): LinearImage {
  const { image, fill } = prepare(samples, encoding);
  fill(0, samples.width * samples.height);
  return image;
}

const pixelsPerSlice = 500_000;
/** So few that the samples are still in cache for the next plane. */
const pixelsPerCall = 4096;

interface Preparation {
  readonly image: LinearImage;
  /** Puts the values of pixels from…to-1 in place. */
  fill(from: number, to: number): void;
}

function prepare(samples: Samples, encoding: ColorEncoding): Preparation {
  const { width, height, channels: bands, data: stored } = samples;
  const max = fullScale(stored);
  const channels = bands < 3 ? 1 : 3;
  const count = width * height;
  const colours = valueTable(max, encoding);
  const shares = valueTable(max, 'srgb');
  const data = new Float32Array(channels * count);
  const alpha = bands === channels ? undefined : new Float32Array(count);
  const planes = Array.from({ length: channels }, (_, c) => data.subarray(c * count, (c + 1) * count));
  const fill = (from: number, to: number) => {
    for (let begin = from; begin < to; begin += pixelsPerCall) {
      const end = Math.min(begin + pixelsPerCall, to);
      planes.forEach((plane, c) => fillPlane(plane, begin, end, stored, bands, c, colours));
      if (alpha !== undefined) fillPlane(alpha, begin, end, stored, bands, channels, shares);
    }
  };
  const image = { width, height, channels, encoding, bitDepth: max === 255 ? 8 : 16, data } as const;
  return { image: alpha === undefined ? image : { ...image, alpha }, fill };
}

/** Looks up one band of the pixels from…to-1. */
function fillPlane(
  plane: Float32Array,
  from: number,
  to: number,
  stored: Samples['data'],
  bands: number,
  band: number,
  table: Float32Array,
): void {
  for (let i = from, at = from * bands + band; i < to; i++, at += bands) plane[i] = table[stored[at]!]!;
}

function valueTable(max: number, encoding: ColorEncoding): Float32Array {
  return Float32Array.from({ length: max + 1 }, (_, v) =>
    encoding === 'srgb' ? v / max : srgbToLinear(v / max),
  );
}
