import { crc32 } from 'node:zlib';

/** One entry of a journal: facts as JSON, and bytes that they speak of. */
export interface JournalRecord {
  readonly facts: unknown;
  readonly bytes: Uint8Array;
}

/**
 * A record on disk, numbers big-endian:
 *
 *     'SFJ1' · sequence u32 · length of facts u32 · length of bytes u32 · CRC-32 u32 · facts as UTF-8 · bytes
 *
 * The CRC covers all of it but itself. The sequence counts a file's records from 0, so that no record can take
 * another's place.
 */
const magic = Buffer.from('SFJ1', 'latin1');
const headLength = 20;

export function encodeRecord({ facts, bytes }: JournalRecord, sequence: number): Uint8Array {
  const text = Buffer.from(JSON.stringify(facts), 'utf8');
  const record = Buffer.alloc(headLength + text.length + bytes.length);
  magic.copy(record, 0);
  record.writeUInt32BE(sequence, 4);
  record.writeUInt32BE(text.length, 8);
  record.writeUInt32BE(bytes.length, 12);
  text.copy(record, headLength);
  record.set(bytes, headLength + text.length);
  record.writeUInt32BE(sumOf(record), 16);
  return record;
}

/** The whole records at a file's beginning, up to its end or to the first that is torn or damaged. Never throws. */
export function decodeRecords(file: Uint8Array): JournalRecord[] {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const records: JournalRecord[] = [];
  for (let at = 0; at + headLength <= buffer.length;) {
    const head = buffer.subarray(at, at + headLength);
    const textLength = head.readUInt32BE(8);
    const end = at + headLength + textLength + head.readUInt32BE(12);
    const isWhole =
      head.subarray(0, 4).equals(magic) && head.readUInt32BE(4) === records.length && end <= buffer.length;
    if (!isWhole || sumOf(buffer.subarray(at, end)) !== head.readUInt32BE(16)) break;
    const bytesAt = at + headLength + textLength;
    try {
      const facts: unknown = JSON.parse(buffer.toString('utf8', at + headLength, bytesAt));
      records.push({ facts, bytes: buffer.subarray(bytesAt, end) });
    } catch {
      break;
    }
    at = end;
  }
  return records;
}

function sumOf(record: Uint8Array): number {
  return crc32(record.subarray(headLength), crc32(record.subarray(0, 16)));
}
