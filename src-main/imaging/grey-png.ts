/**
 * 8-bit grey PNG, the form in which masks travel and are kept: written and read here in plain code, so that a mask of
 * a stranger's file reaches no native decoder.
 */
import { promisify } from 'node:util';
import { crc32, deflate as deflateCallback, inflate as inflateCallback } from 'node:zlib';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Size } from '../../src-shared/model/image.ts';

const deflate = promisify(deflateCallback);
const inflate = promisify(inflateCallback);
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Row-major bytes, one a pixel. */
export interface GreyRaster extends Size {
  readonly data: Uint8Array;
}

export async function encodeGreyPng({ width, height, data }: GreyRaster): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', await deflate(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Reads what `encodeGreyPng`, or any encoder of 8-bit grey without interlacing, has written. Nothing is inflated
 * beyond the size that the header states, nor any size above `maxPixels`.
 *
 * Throws `unreadable-image`, naming the file.
 */
export async function decodeGreyPng(bytes: Uint8Array, name: string, maxPixels: number): Promise<GreyRaster> {
  const refuse = (why: string) =>
    new SeamfieldError('unreadable-image', `${name} is not a mask that Seamfield wrote: ${why}.`, { name });
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 8).equals(signature)) throw refuse('it is not a PNG file');
  let size: Size | undefined;
  const packed: Buffer[] = [];
  let ended = false;
  for (let at = 8; !ended;) {
    const length = at + 12 <= file.length ? file.readUInt32BE(at) : Infinity;
    if (at + 12 + length > file.length) throw refuse('it ends too early');
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) {
      throw refuse('it is damaged');
    }
    if ((type === 'IHDR') !== (at === 8)) throw refuse('its header is wrong');
    if (type === 'IHDR') size = sizeIn(body);
    else if (type === 'IDAT') packed.push(body);
    ended = type === 'IEND';
    at += 12 + length;
  }
  if (size === undefined) throw refuse('it is not 8-bit grey');
  const { width, height } = size;
  if (width * height > maxPixels) throw refuse(`its ${width}×${height} pixels are too many`);
  const expected = (width + 1) * height;
  const rows = await inflate(Buffer.concat(packed), { maxOutputLength: expected }).catch(() => undefined);
  if (rows?.length !== expected) throw refuse('its pixels are damaged');
  const data = unfiltered(rows, width, height);
  if (data === undefined) throw refuse('its pixels are damaged');
  return { width, height, data };
}

/** Undefined for what is not 8-bit grey, without interlacing. */
function sizeIn(header: Buffer): Size | undefined {
  if (header.length !== 13) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rest = [...header.subarray(8)];
  return width > 0 && height > 0 && rest.join() === '8,0,0,0,0' ? { width, height } : undefined;
}

/** PNG's five row filters undone (PNG specification, section 9); undefined where a row names a sixth. */
function unfiltered(rows: Uint8Array, width: number, height: number): Uint8Array | undefined {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = y * (width + 1);
    const filter = rows[from]!;
    if (filter > 4) return undefined;
    const to = y * width;
    if (filter === 0) {
      data.set(rows.subarray(from + 1, from + 1 + width), to);
      continue;
    }
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? data[to + x - 1]! : 0;
      const up = y > 0 ? data[to + x - width]! : 0;
      const corner = x > 0 && y > 0 ? data[to + x - width - 1]! : 0;
      data[to + x] = rows[from + 1 + x]! + predicted(filter, left, up, corner);
    }
  }
  return data;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default: {
      const estimate = left + up - corner;
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
  }
}

function chunk(type: string, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(body.length + 12);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.length)), 8 + body.length);
  return bytes;
}
