import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { formatNames } from './format.ts';
import type { OutputFormat } from './format.ts';
import { insertChunks, srgbChunks, textChunk } from './png-chunks.ts';
import type { PngChunk } from './png-chunks.ts';
import type { Samples } from './samples.ts';
import { srgbProfile } from './srgb-profile.ts';
import { xmpDescription } from './xmp.ts';

export interface EncodeOptions {
  readonly format: OutputFormat;
  /**
   * 1…100. JPEG: 95 where absent, without chroma subsampling. WebP and AVIF: where absent, WebP is lossless
   * and AVIF has 80. PNG and TIFF are lossless and take none.
   */
  readonly quality?: number;
  /** Texts by keyword: tEXt or iTXt in PNG, an XMP description in the others. */
  readonly text?: Readonly<Record<string, string>>;
}

/**
 * Writes samples as an image file, tagged sRGB (PNG: an sRGB chunk; the others: an ICC profile).
 *
 * The samples reach the file as they are: PNG, TIFF and WebP without a quality give them back to the bit.
 * JPEG has no alpha; it is left out. Throws `bad-option` for 16-bit samples in a format without them, for a
 * quality that doesn't apply, and for a size the format can't hold; `size-mismatch` for the wrong number of samples.
 */
export async function encodeSamples(samples: Samples, options: EncodeOptions): Promise<Uint8Array> {
  check(samples, options);
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

function check({ width, height, channels, data }: Samples, { format, quality }: EncodeOptions): void {
  const name = formatNames[format];
  if (data.length !== width * height * channels || width < 1 || height < 1) {
    throw new SeamfieldError(
      'size-mismatch',
      `An image of ${width}×${height} with ${channels} channels can't have ${data.length} samples.`,
    );
  }
  if (data instanceof Uint16Array && format !== 'png' && format !== 'tiff') {
    throw new SeamfieldError('bad-option', `${name} has no 16-bit samples here; use PNG or TIFF, or 8 bits.`);
  }
  if (quality === undefined) return;
  if (format === 'png' || format === 'tiff') {
    throw new SeamfieldError('bad-option', `${name} is written without loss and takes no quality.`);
  }
  if (!(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new SeamfieldError('bad-option', `The quality ${quality} is not a whole number from 1 to 100.`);
  }
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

function write(image: Sharp, { format, quality }: EncodeOptions): Sharp {
  if (format === 'tiff') return image.tiff({ compression: 'deflate', predictor: 'horizontal' });
  if (format === 'jpeg') return image.jpeg({ quality: quality ?? 95, chromaSubsampling: '4:4:4' });
  if (format === 'avif') return image.avif({ quality: quality ?? 80, chromaSubsampling: '4:4:4' });
  return image.webp(
    quality === undefined ? { lossless: true, exact: true } : { quality, smartSubsample: true },
  );
}

async function render(image: Sharp, { width, height }: Samples, format: OutputFormat): Promise<Uint8Array> {
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
