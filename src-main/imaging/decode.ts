import type { ColorEncoding, LinearImage } from '../../src-shared/model/image.ts';
import { srgbToLinear } from '../../src-shared/model/transfer.ts';
import { decodeSamples } from './decode-samples.ts';
import type { DecodeOptions } from './decode-samples.ts';
import { fullScale } from './samples.ts';
import type { Samples } from './samples.ts';
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
  return imageFromSamples(samples, options.encoding ?? 'srgb');
}

/** Samples as real numbers; the inverse of `samplesFromImage` at the same depth, exactly. */
export function imageFromSamples(samples: Samples, encoding: ColorEncoding = 'srgb'): LinearImage {
  const { width, height, channels: bands, data: stored } = samples;
  const max = fullScale(stored);
  const channels = bands < 3 ? 1 : 3;
  const count = width * height;
  const table = valueTable(max, encoding);
  const data = new Float32Array(channels * count);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) data[c * count + i] = table[stored[i * bands + c]!]!;
  }
  const image = { width, height, channels, encoding, bitDepth: max === 255 ? 8 : 16, data } as const;
  if (bands === channels) return image;
  const alpha = new Float32Array(count);
  for (let i = 0; i < count; i++) alpha[i] = stored[i * bands + channels]! / max;
  return { ...image, alpha };
}

function valueTable(max: number, encoding: ColorEncoding): Float32Array {
  return Float32Array.from({ length: max + 1 }, (_, v) =>
    encoding === 'srgb' ? v / max : srgbToLinear(v / max),
  );
}
