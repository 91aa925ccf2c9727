import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { depthsOf, qualityRange, usualQuality } from '../../src-shared/model/picture-file.ts';
import type { PictureDepth, PictureFormat } from '../../src-shared/model/picture-file.ts';
import { formatNames } from './format.ts';
import { insertChunks, srgbChunks, textChunk } from './png-chunks.ts';
import type { PngChunk } from './png-chunks.ts';
import type { Samples } from './samples.ts';
import { srgbProfile } from './srgb-profile.ts';
import { xmpDescription } from './xmp.ts';

export interface EncodeOptions {
  readonly format: PictureFormat;
  /** Bits a sample in the file, more than 8 only for 16-bit samples; those of the samples where absent. */
  readonly bitDepth?: PictureDepth;
  /**
   * `qualityRange`; `usualQuality` where absent. Without chroma subsampling, but for WebP.
   */
  readonly quality?: number;
  /** Texts by keyword: tEXt or iTXt in PNG, an XMP description in the others. */
  readonly text?: Readonly<Record<string, string>>;
}

/**
 * Writes samples as an image file, tagged sRGB (PNG: an sRGB chunk; the others: an ICC profile).
 *
 * The samples reach the file as they are: PNG, TIFF and WebP without a quality give them back to the bit.
 * JPEG has no alpha; it is left out. AVIF of 10 or 12 bits takes the nearest of 16. Throws what `checkFile` throws,
 * `bad-option` for a size the format can't hold, and `size-mismatch` for the wrong number of samples.
 */
export async function encodeSamples(given: Samples, chosen: EncodeOptions): Promise<Uint8Array> {
  const options = { ...chosen, bitDepth: chosen.bitDepth ?? (given.data instanceof Uint8Array ? 8 : 16) };
  check(given, options);
  const samples = atBits(given, options.bitDepth);
  if (options.format === 'png') {
    const png = await render(rawInput(samples).png(), samples, 'png');
    const text = Object.entries(options.text ?? {}).map(([keyword, value]) => textChunk(keyword, value));
    return insertChunks(png, [...srgbChunks, ...text]);
  }
  const grey = options.format === 'jpeg' || options.format === 'tiff' ? samples.channels < 3 : false;
  const carrier = await profileCarrier(samples, grey);
  const opened = sharp(carrier, { ignoreIcc: true, limitInputPixels: false })
    .toColourspace(colourspaceOf(samples.data, grey))
    .keepIccProfile();
  const opaque = options.format === 'jpeg' ? opened.removeAlpha() : opened;
  const tagged = options.text === undefined ? opaque : opaque.withXmp(xmpDescription(options.text));
  return render(write(tagged, options), samples, options.format);
}

/** Throws `bad-option` for a depth or a quality that a format doesn't have: before anything is made to be written. */
export function checkFile({ format, bitDepth, quality }: Omit<EncodeOptions, 'text'>): void {
  const name = formatNames[format];
  const depths = depthsOf[format];
  if (bitDepth !== undefined && !depths.includes(bitDepth)) {
    const others =
      depths.length === 1 ? `${depths[0]}` : `${depths.slice(0, -1).join(', ')} or ${depths.at(-1)}`;
    throw new SeamfieldError(
      'bad-option',
      bitDepth === 16
        ? `${name} has no 16-bit samples here; use PNG or TIFF, or ${others} bits.`
        : `${name} has no ${bitDepth}-bit samples here; choose ${others} bits.`,
    );
  }
  if (quality === undefined) return;
  if (usualQuality[format] === null) {
    throw new SeamfieldError('bad-option', `${name} is written without loss and takes no quality.`);
  }
  const [least, most] = qualityRange;
  if (!(Number.isInteger(quality) && quality >= least && quality <= most)) {
    throw new SeamfieldError(
      'bad-option',
      `The quality ${quality} is not a whole number from ${least} to ${most}.`,
    );
  }
}

function check(
  { width, height, channels, data }: Samples,
  options: EncodeOptions & { readonly bitDepth: PictureDepth },
): void {
  if (data.length !== width * height * channels || width < 1 || height < 1) {
    throw new SeamfieldError(
      'size-mismatch',
      `An image of ${width}×${height} with ${channels} channels can't have ${data.length} samples.`,
    );
  }
  const isDeep = data instanceof Uint16Array;
  if (isDeep !== options.bitDepth > 8) {
    const has = isDeep ? 16 : 8;
    throw new SeamfieldError('bad-option', `Samples of ${has} bits can't be written in ${options.bitDepth}.`);
  }
  checkFile(options);
}

/** What fewer bits than 16 hold of 16-bit samples, at the top of the 16: a writer takes those. */
function atBits(samples: Samples, bits: PictureDepth): Samples {
  const { data } = samples;
  if (data instanceof Uint8Array || bits === 16) return samples;
  const max = 2 ** bits - 1;
  return { ...samples, data: data.map((sample) => Math.round((sample * max) / 65535) << (16 - bits)) };
}

function colourspaceOf(data: Samples['data'], grey: boolean): 'grey16' | 'rgb16' | 'b-w' | 'srgb' {
  if (data instanceof Uint16Array) return grey ? 'grey16' : 'rgb16';
  return grey ? 'b-w' : 'srgb';
}

function rawInput({ width, height, channels, data }: Samples): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).toColourspace(
    colourspaceOf(data, channels < 3),
  );
}

/**
 * The samples as an uncompressed PNG with an embedded profile. Sharp can attach a profile to raw samples only
 * by converting them to it, but hands on the one of its input untouched.
 */
async function profileCarrier(samples: Samples, grey: boolean): Promise<Uint8Array> {
  const input = rawInput(samples);
  const space = colourspaceOf(samples.data, grey);
  const png = await render(input.toColourspace(space).png({ compressionLevel: 0 }), samples, 'png');
  const profile = deflateSync(srgbProfile(grey ? 'grey' : 'rgb'));
  const iccp: PngChunk = { type: 'iCCP', data: Buffer.concat([Buffer.from('sRGB\0\0', 'latin1'), profile]) };
  return insertChunks(png, [iccp]);
}

function write(
  image: Sharp,
  { format, quality, bitDepth }: EncodeOptions & { readonly bitDepth: PictureDepth },
): Sharp {
  if (format === 'tiff') return image.tiff({ compression: 'deflate', predictor: 'horizontal' });
  const usual = usualQuality[format];
  const lossy = quality ?? (typeof usual === 'number' ? usual : 100);
  if (format === 'jpeg') return image.jpeg({ quality: lossy, chromaSubsampling: '4:4:4' });
  if (format === 'avif') {
    const bitdepth = bitDepth === 16 ? 12 : bitDepth;
    return image.avif({ quality: lossy, chromaSubsampling: '4:4:4', bitdepth });
  }
  return image.webp(
    quality === undefined ? { lossless: true, exact: true } : { quality, smartSubsample: true },
  );
}

async function render(image: Sharp, { width, height }: Samples, format: PictureFormat): Promise<Uint8Array> {
  const buffer = await image.toBuffer().catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SeamfieldError(
      'bad-option',
      `An image of ${width}×${height} can't be written as ${formatNames[format]}; choose another format.`,
      { reason },
    );
  });
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
