import { crc32, inflateSync } from 'node:zlib';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** A chunk of a PNG file: four letters and what they hold (PNG, third edition, section 5.3). */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const signatureLength = 8;
const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder('utf-8') };

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function fromLatin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function uint32(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setUint32(4 * i, value);
  });
  return bytes;
}

function serialise({ type, data }: PngChunk): Uint8Array {
  const body = concat([latin1(type), data]);
  return concat([uint32(data.length), body, uint32(crc32(body))]);
}

/** Puts chunks right behind the header, where every kind of metadata may stand. */
export function insertChunks(png: Uint8Array, chunks: readonly PngChunk[]): Uint8Array {
  const afterHeader = signatureLength + 12 + 13;
  return concat([png.subarray(0, afterHeader), ...chunks.map(serialise), png.subarray(afterHeader)]);
}

/** All chunks in order, without a copy. Throws `unreadable-image` where their lengths don't fit the file. */
export function readChunks(png: Uint8Array): PngChunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = signatureLength; at < png.length;) {
    const length = at + 12 <= png.length ? view.getUint32(at) : Infinity;
    if (at + 12 + length > png.length) {
      throw new SeamfieldError('unreadable-image', 'This PNG file is damaged: a chunk runs past its end.');
    }
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({ type: fromLatin1(png.subarray(at + 4, at + 8)), data });
    at += 12 + length;
  }
  return chunks;
}

/** The sRGB chunk (perceptual intent), with the gAMA and cHRM the specification recommends beside it. */
export const srgbChunks: readonly PngChunk[] = [
  { type: 'sRGB', data: Uint8Array.of(0) },
  { type: 'gAMA', data: uint32(45455) },
  { type: 'cHRM', data: uint32(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000) },
];

/**
 * A piece of text under a keyword: tEXt where Latin-1 can say it, iTXt (UTF-8) otherwise.
 *
 * Throws `bad-option` for a keyword that is not 1 to 79 printable Latin-1 characters without outer spaces.
 */
export function textChunk(keyword: string, text: string): PngChunk {
  if (!/^[\x21-\x7e\xa1-\xff]( ?[\x21-\x7e\xa1-\xff])*$/.test(keyword) || keyword.length > 79) {
    throw new SeamfieldError(
      'bad-option',
      `“${keyword}” can't be a keyword of a PNG text: use 1 to 79 Latin letters, digits, signs and single spaces.`,
    );
  }
  const clean = text.replaceAll('\0', '');
  if (/^[\n\x20-\x7e\xa0-\xff]*$/.test(clean)) {
    return { type: 'tEXt', data: latin1(`${keyword}\0${clean}`) };
  }
  const head = latin1(`${keyword}\0\0\0\0\0`);
  return { type: 'iTXt', data: concat([head, utf8.encoder.encode(clean)]) };
}

/** Every text of a PNG file by its keyword, from tEXt, zTXt and iTXt chunks. */
export function readText(png: Uint8Array): Record<string, string> {
  const entries = readChunks(png).flatMap(({ type, data }): [string, string][] => {
    const end = data.indexOf(0);
    const keyword = fromLatin1(data.subarray(0, Math.max(end, 0)));
    const rest = data.subarray(end + 1);
    if (type === 'tEXt') return [[keyword, fromLatin1(rest)]];
    if (type === 'zTXt') return [[keyword, fromLatin1(inflateSync(rest.subarray(1)))]];
    if (type === 'iTXt') return [[keyword, internationalText(rest)]];
    return [];
  });
  return Object.fromEntries(entries);
}

/** After the keyword: compression flag, method, language tag and translated keyword (each ended by 0), text. */
function internationalText(rest: Uint8Array): string {
  const language = rest.indexOf(0, 2);
  const text = rest.subarray(rest.indexOf(0, language + 1) + 1);
  return utf8.decoder.decode(rest[0] === 1 ? inflateSync(text) : text);
}
