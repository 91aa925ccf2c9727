import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromBuffer } from 'yauzl';
import type { Entry, ZipFile as OpenZip } from 'yauzl';
import { ZipFile } from 'yazl';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { DiskFile } from '../../disk/disk.ts';

/** What a stranger's archive may hold at most. */
export const archiveLimits = { file: 2 ** 30, entries: 1000, inflated: 2 ** 30 } as const;

/** One file of an archive that is being written. */
export interface NewEntry {
  readonly name: string;
  /** Whether deflating it is worth the time: not for what is packed already. */
  readonly compress: boolean;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

/** Small writes are put together up to so many bytes. */
const writeAtOnce = 2 ** 20;

/** Writes a zip of these entries, one after the other. Throws what reading an entry or the disk throws. */
export async function writeArchive(
  file: Pick<DiskFile, 'write'>,
  entries: readonly NewEntry[],
  changedAt: Date,
): Promise<void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (cause: unknown) =>
    output.destroy(cause instanceof Error ? cause : new Error(String(cause))),
  );
  for (const { name, compress, read } of entries) {
    zip.addReadStreamLazy(name, { compress, mtime: changedAt, mode: 0o100644 }, (ready) => {
      Promise.resolve()
        .then(read)
        .then(
          (bytes) => ready(null, Readable.from([bytes])),
          (cause: unknown) => output.destroy(cause instanceof Error ? cause : new Error(String(cause))),
        );
    });
  }
  zip.end();
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    if (bytes > 0) await file.write(Buffer.concat(waiting));
    [waiting, bytes] = [[], 0];
  };
  for await (const chunk of output as AsyncIterable<Uint8Array>) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= writeAtOnce) await flush();
  }
  await flush();
}

/** A stranger's archive: its names are known, its bytes are inflated when asked for. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /** Checked against its CRC. Throws `bad-project` for what is damaged, absent, or longer than `limit` bytes. */
  read(name: string, limit: number): Promise<Uint8Array>;
}

/**
 * Looks into a zip that may come from anybody. Throws `bad-project` for one that is damaged, that has too many entries,
 * would become too large, repeats a name, or holds a link, a folder or anything encrypted.
 *
 * @param name what the file is called in a sentence
 */
export async function openArchive(bytes: Uint8Array, name: string): Promise<Archive> {
  const refuse = (why: string) => badProject(name, why);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await openZip(file).catch(() => {
    throw refuse('it is damaged, or no project at all');
  });
  if (zip.entryCount > archiveLimits.entries) throw refuse('it holds too many files');
  const entries = new Map<string, Entry>();
  let inflated = 0;
  for (const entry of await listEntries(zip).catch(() => {
    throw refuse('its list of files is damaged');
  })) {
    const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
    const isOrdinary = kind === 0 || kind === 0o100000;
    if (!isOrdinary || entry.fileName.endsWith('/')) throw refuse('it holds a link or a folder');
    if (entry.isEncrypted()) throw refuse('it is encrypted');
    if (entries.has(entry.fileName)) throw refuse('it holds two files of one name');
    inflated += entry.uncompressedSize;
    if (inflated > archiveLimits.inflated) throw refuse('it would become too large');
    entries.set(entry.fileName, entry);
  }
  return {
    names: new Set(entries.keys()),
    async read(entryName, limit) {
      const entry = entries.get(entryName);
      if (entry === undefined) throw refuse(`${entryName} is missing from it`);
      if (entry.uncompressedSize > limit) throw refuse(`${entryName} in it is too large`);
      const content = await inflate(zip, entry).catch(() => undefined);
      if (content === undefined || crc32(content) !== entry.crc32)
        throw refuse(`${entryName} in it is damaged`);
      return content;
    },
  };
}

/** The refusal of a file as a project; `why` follows a colon. */
export function badProject(name: string, why: string): SeamfieldError {
  return new SeamfieldError('bad-project', `${name} can’t be opened as a project: ${why}.`, { name });
}

function openZip(file: Buffer): Promise<OpenZip> {
  const options = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true, decodeStrings: true };
  return new Promise((resolve, reject) => {
    fromBuffer(file, options, (error, zip) => (error === null ? resolve(zip) : reject(error)));
  });
}

function listEntries(zip: OpenZip): Promise<Entry[]> {
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}

/** yauzl itself sees to it that neither more nor fewer bytes come than the entry claims. */
function inflate(zip: OpenZip, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.once('end', () => resolve(Buffer.concat(chunks)));
      stream.once('error', reject);
    });
  });
}
