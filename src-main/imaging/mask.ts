import type { Mask } from '../../src-shared/model/mask.ts';
import { decodeSamples } from './decode-samples.ts';
import type { DecodeOptions } from './decode-samples.ts';
import { fullScale } from './samples.ts';
import type { ImageSource } from './source.ts';

/** Rec. 709's weights, on values as stored: equal red, green and blue give that value itself. */
const luma = [0.2126, 0.7152, 0.0722] as const;

/**
 * Reads a picture as a mask: white is inside, black outside, grey in between, times alpha where there is one.
 *
 * Values are the stored ones /255 or /65535, whatever profile the file carries: they are shares, not colours.
 * Throws what `decodeSamples` throws.
 */
export async function decodeMask(
  signal: AbortSignal,
  source: ImageSource,
  options: Omit<DecodeOptions, 'ignoreProfile'> = {},
): Promise<Mask> {
  const samples = await decodeSamples(signal, source, { ...options, ignoreProfile: true });
  const { width, height, channels, data: stored } = samples;
  const max = fullScale(stored);
  const alphaAt = channels === 2 ? 1 : channels === 4 ? 3 : undefined;
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const at = i * channels;
    const grey =
      channels < 3
        ? stored[at]!
        : luma[0] * stored[at]! + luma[1] * stored[at + 1]! + luma[2] * stored[at + 2]!;
    const share = alphaAt === undefined ? 1 : stored[at + alphaAt]! / max;
    data[i] = Math.min((grey / max) * share, 1);
  }
  return { width, height, data };
}
