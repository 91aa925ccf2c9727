import { extname } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { PictureFormat } from '../../src-shared/model/picture-file.ts';

/** Formats Seamfield reads. */
export type InputFormat = PictureFormat | 'gif';

/** How a format is called in a sentence. */
export const formatNames: Readonly<Record<InputFormat, string>> = {
  png: 'PNG',
  tiff: 'TIFF',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
};

const endings: Readonly<Record<string, PictureFormat>> = {
  '.png': 'png',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
  '.avif': 'avif',
};

/** The format an output's name asks for. Throws `unsupported-format` naming the endings there are. */
export function formatOf(path: string): PictureFormat {
  const ending = extname(path).toLowerCase();
  const format = endings[ending];
  if (format !== undefined) return format;
  const found = ending === '' ? 'has no ending' : `ends in ${ending}`;
  throw new SeamfieldError(
    'unsupported-format',
    `${path} ${found}; an image can be written as ${Object.keys(endings).join(', ')}.`,
    { path },
  );
}

interface Signature {
  readonly name: string;
  readonly format?: InputFormat;
  matches(head: Uint8Array): boolean;
}

function startsWith(...bytes: number[]): (head: Uint8Array) => boolean {
  return (head) => bytes.every((byte, i) => head[i] === byte);
}

function ascii(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to));
}

function brand(...brands: string[]): (head: Uint8Array) => boolean {
  return (head) => ascii(head, 4, 8) === 'ftyp' && brands.includes(ascii(head, 8, 12));
}

/** Magic numbers, those we read and those worth a better refusal than "unknown". */
const signatures: readonly Signature[] = [
  { name: 'PNG', format: 'png', matches: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { name: 'JPEG', format: 'jpeg', matches: startsWith(0xff, 0xd8, 0xff) },
  { name: 'TIFF', format: 'tiff', matches: startsWith(0x49, 0x49, 0x2a, 0x00) },
  { name: 'TIFF', format: 'tiff', matches: startsWith(0x4d, 0x4d, 0x00, 0x2a) },
  { name: 'BigTIFF', format: 'tiff', matches: startsWith(0x49, 0x49, 0x2b, 0x00) },
  { name: 'BigTIFF', format: 'tiff', matches: startsWith(0x4d, 0x4d, 0x00, 0x2b) },
  { name: 'GIF', format: 'gif', matches: (head) => ascii(head, 0, 4) === 'GIF8' },
  {
    name: 'WebP',
    format: 'webp',
    matches: (head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP',
  },
  { name: 'AVIF', format: 'avif', matches: brand('avif', 'avis', 'mif1') },
  { name: 'HEIC', matches: brand('heic', 'heix', 'hevc', 'heim', 'heis') },
  { name: 'PDF', matches: (head) => ascii(head, 0, 5) === '%PDF-' },
  { name: 'Photoshop', matches: (head) => ascii(head, 0, 4) === '8BPS' },
  { name: 'Windows bitmap', matches: (head) => ascii(head, 0, 2) === 'BM' && head[5] === 0 && head[6] === 0 },
  { name: 'JPEG XL', matches: startsWith(0xff, 0x0a) },
  { name: 'JPEG XL', matches: startsWith(0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20) },
  { name: 'JPEG 2000', matches: startsWith(0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20) },
  { name: 'OpenEXR', matches: startsWith(0x76, 0x2f, 0x31, 0x01) },
  { name: 'Netpbm', matches: (head) => /^P[1-7]\s/.test(ascii(head, 0, 3)) },
  {
    name: 'SVG',
    matches: (head) => /^\ufeff?\s*(<\?xml[^]*|<!--[^]*|<!DOCTYPE[^]*)?<svg[\s>]/i.test(text(head)),
  },
];

function text(head: Uint8Array): string {
  return new TextDecoder('utf-8').decode(head.subarray(0, 1024));
}

/**
 * What the first bytes of a file say it is: a format we read, the name of one we don't, or nothing known.
 *
 * Looking here first keeps hostile files away from decoders that we never meant to offer.
 */
export function sniffFormat(bytes: Uint8Array): { name: string; format?: InputFormat } | undefined {
  const found = signatures.find((signature) => signature.matches(bytes));
  if (found === undefined) return undefined;
  return found.format === undefined ? { name: found.name } : { name: found.name, format: found.format };
}
