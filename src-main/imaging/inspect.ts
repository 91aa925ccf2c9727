import sharp from 'sharp';
import type { Metadata } from 'sharp';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Size } from '../../src-shared/model/image.ts';
import { mostPixels } from '../../src-shared/model/picture-file.ts';
import { formatNames, sniffFormat } from './format.ts';
import type { InputFormat } from './format.ts';
import { readSource } from './source.ts';
import type { ImageSource, NamedBytes } from './source.ts';

/** What can be said about an image without decoding a pixel. Width and height are those after orientation. */
export interface ImageInfo extends Size {
  readonly format: InputFormat;
  /** Grey or RGB, as `decodeImage` will give it; alpha is not counted. */
  readonly channels: 1 | 3;
  /** As `decodeImage` will give it: 16 for anything above 8 bits a sample. */
  readonly bitDepth: 8 | 16;
  readonly hasAlpha: boolean;
}

/** ImageInfo, and what only the decoder needs to know. */
export interface Inspection extends ImageInfo {
  /** Bits a sample as the file says; 10 or 12 for high-depth AVIF. */
  readonly storedBits: number;
  readonly space: string;
  /** True where samples are 8- or 16-bit integers, false for floats and Lab. */
  readonly integer: boolean;
  readonly icc?: Uint8Array;
}

/** The default limit: 100 megapixels. */
export const defaultMaxPixels = mostPixels;

const readable = 'PNG, JPEG, WebP, TIFF, AVIF and GIF';

/**
 * Size, channels, depth and format of an image, from its header alone.
 *
 * Throws as `decodeImage` does, save for damage that only shows in the pixels, and has no limit of pixels.
 */
export async function imageInfo(source: ImageSource): Promise<ImageInfo> {
  const { format, width, height, channels, bitDepth, hasAlpha } = await inspect(await readSource(source));
  return { format, width, height, channels, bitDepth, hasAlpha };
}

/** The header of a file in memory. Throws `unsupported-format` or `unreadable-image`. */
export async function inspect({ bytes, name }: NamedBytes): Promise<Inspection> {
  const kind = sniffFormat(bytes);
  if (kind === undefined) {
    throw new SeamfieldError('unreadable-image', `${name} is not an image; Seamfield reads ${readable}.`, {
      name,
    });
  }
  if (kind.format === undefined) {
    throw unsupported(name, `is ${/^(?:[AEIO]|SVG)/.test(kind.name) ? 'an' : 'a'} ${kind.name} file`);
  }
  // Nothing is decoded here, and a picture that is too large has to be refused with its size.
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw damaged(name, kind.name, cause);
    });
  return describe(metadata, kind.format, name);
}

/** `unreadable-image`: the file began like an image of its format but can't be decoded to its end. */
export function damaged(name: string, format: string, cause: unknown): SeamfieldError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SeamfieldError(
    'unreadable-image',
    `${name} can't be decoded: it is a damaged or incomplete ${format} file; get it once more, or open another.`,
    { name, reason },
  );
}

/** Throws `image-too-large`, with the image's own size and the limit, before anything is decoded. */
export function checkPixels({ width, height }: Size, name: string, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new SeamfieldError(
    'image-too-large',
    `${name} is ${width}×${height} pixels (${megapixels(width * height)} megapixels), above the limit of ` +
      `${megapixels(maxPixels)} megapixels; make it smaller first.`,
    { name, width, height, maxPixels },
  );
}

function megapixels(pixels: number): string {
  return String(Number((pixels / 1e6).toPrecision(3)));
}

function unsupported(name: string, what: string): SeamfieldError {
  return new SeamfieldError('unsupported-format', `${name} ${what}; Seamfield reads ${readable}.`, { name });
}

function describe(metadata: Metadata, format: InputFormat, name: string): Inspection {
  if (metadata.format === 'heif' && metadata.compression !== 'av1') throw unsupported(name, 'is a HEIC file');
  const { space, depth, channels: bands } = metadata;
  const integer = depth === 'uchar' || depth === 'ushort';
  const colour = space === 'scrgb' || space === 'lab' || space === 'labs';
  if (!integer && !colour) throw unsupported(name, `holds ${formatNames[format]} samples of type ${depth}`);
  const { width, height } = metadata.autoOrient;
  // The colour engine works on CMYK in 8 bits whatever the file holds.
  const deep = space !== 'cmyk' && depth !== 'uchar';
  return {
    format,
    width,
    height,
    channels: bands < 3 && !colour ? 1 : 3,
    bitDepth: deep ? 16 : 8,
    hasAlpha: metadata.hasAlpha,
    storedBits: metadata.bitsPerSample ?? (deep ? 16 : 8),
    space,
    integer,
    ...(metadata.icc === undefined ? {} : { icc: metadata.icc }),
  };
}
