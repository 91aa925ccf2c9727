import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { conversionToSrgb, convertSamples } from './colour-conversion.ts';
import { formatNames } from './format.ts';
import { checkPixels, damaged, defaultMaxPixels, inspect } from './inspect.ts';
import type { Inspection } from './inspect.ts';
import type { Samples } from './samples.ts';
import { throwIfCancelled } from './slices.ts';
import { readSource } from './source.ts';
import type { ImageSource, NamedBytes } from './source.ts';

export interface DecodeOptions {
  /** The most pixels that are decoded; 100 million where absent. */
  readonly maxPixels?: number;
  /** What to call the image in messages; the file's own name where absent. */
  readonly name?: string;
  /** Leaves samples as stored whatever profile the file carries: for masks, whose values are no colours. */
  readonly ignoreProfile?: boolean;
}

/**
 * Decodes JPEG, PNG, WebP, TIFF, AVIF or a GIF's first frame to whole numbers, in upright orientation and sRGB.
 *
 * 8- and 16-bit samples are the stored ones to the bit wherever the file is untagged or tagged sRGB; another
 * ICC profile is converted to sRGB here, once, and what comes out is from then on the image's pixels.
 * Palettes become RGB, CMYK becomes RGB, 1-, 2- and 4-bit grey is spread over 8 bits, 10- and 12-bit AVIF,
 * float RGB and Lab over 16.
 *
 * Throws `not-a-file`, `unsupported-format`, `unreadable-image` (also when truncated), `image-too-large`
 * (before any decoding) and `cancelled`, each naming the file.
 */
export async function decodeSamples(
  signal: AbortSignal,
  source: ImageSource,
  options: DecodeOptions = {},
): Promise<Samples> {
  const file = await readSource(source, options.name);
  throwIfCancelled(signal, `Reading ${file.name}`);
  const info = await inspect(file);
  const maxPixels = options.maxPixels ?? defaultMaxPixels;
  checkPixels(info, file.name, maxPixels);
  const samples = await decode(signal, file, info, maxPixels, options.ignoreProfile ?? false);
  throwIfCancelled(signal, `Reading ${file.name}`);
  return samples;
}

async function decode(
  signal: AbortSignal,
  file: NamedBytes,
  info: Inspection,
  maxPixels: number,
  ignoreProfile: boolean,
): Promise<Samples> {
  const applies = !ignoreProfile && info.integer && info.space !== 'cmyk';
  const conversion = conversionToSrgb(applies ? info.icc : undefined, info.channels);
  const byEngine = info.space === 'cmyk' || conversion.kind === 'engine';
  const samples = await readPixels(file, info, maxPixels, !byEngine).catch((cause: unknown) => {
    throw damaged(file.name, formatNames[info.format], cause);
  });
  if (info.storedBits > 8 && info.storedBits < 16) spreadBits(samples, info.storedBits);
  await convertSamples(signal, samples, conversion, `Reading ${file.name}`);
  return samples;
}

/** libjpeg complains of these while every pixel is sound. */
const harmlessJpegComplaint = /extraneous bytes|JFIF|Adobe|ICC/i;

async function readPixels(
  { bytes }: NamedBytes,
  info: Inspection,
  maxPixels: number,
  ignoreIcc: boolean,
): Promise<Samples> {
  // The header was within the limit; the decoder is held to it as well, should it find another size than that.
  const read = (failOn: 'error' | 'warning') =>
    run(sharp(bytes, { limitInputPixels: maxPixels, ignoreIcc, failOn }).autoOrient(), info, !ignoreIcc);
  // libjpeg only warns of corrupt data and fills in grey; other decoders fail, and warn of trifles.
  if (info.format !== 'jpeg') return read('error');
  return read('warning').catch((cause: unknown) => {
    if (cause instanceof Error && harmlessJpegComplaint.test(cause.message)) return read('error');
    throw cause;
  });
}

async function run(input: Sharp, info: Inspection, hasProfile: boolean): Promise<Samples> {
  if (info.bitDepth === 16) {
    const tagged = input.toColourspace(info.channels === 1 ? 'grey16' : 'rgb16');
    // For 16 bits sharp converts an input profile to Display P3; only an output profile brings it to sRGB.
    const pipeline = hasProfile ? tagged.withIccProfile('srgb') : tagged;
    const { data, info: out } = await pipeline.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
    const words = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
    return pick(words, out.width, out.height, out.channels, info);
  }
  // 'b-w' would lose an alpha; grey that has one comes as RGB, in which it is exact.
  const { data, info: out } = await input
    .toColourspace(info.channels === 1 && !info.hasAlpha ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return pick(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    out.width,
    out.height,
    out.channels,
    info,
  );
}

/** Drops what the decoder repeats: grey's second and third channel, and bands beyond the alpha. */
function pick<T extends Uint8Array | Uint16Array>(
  data: T,
  width: number,
  height: number,
  bands: number,
  { channels: colours, hasAlpha }: Inspection,
): Samples {
  const alphaBand = bands < 3 ? 1 : 3;
  const keepsAlpha = hasAlpha && bands > alphaBand;
  const channels = (colours + (keepsAlpha ? 1 : 0)) as Samples['channels'];
  if (channels === bands) return { width, height, channels, data };
  const count = width * height;
  const picked =
    data instanceof Uint8Array ? new Uint8Array(count * channels) : new Uint16Array(count * channels);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < colours; c++) picked[i * channels + c] = data[i * bands + c]!;
    if (keepsAlpha) picked[i * channels + colours] = data[i * bands + alphaBand]!;
  }
  return { width, height, channels, data: picked };
}

/** The decoder puts 10 or 12 bits at the top of 16 and leaves the rest 0; full scale has to be 65535. */
function spreadBits({ data }: Samples, bits: number): void {
  const shift = 16 - bits;
  const max = 2 ** bits - 1;
  for (let i = 0; i < data.length; i++) data[i] = Math.round(((data[i]! >> shift) * 65535) / max);
}
