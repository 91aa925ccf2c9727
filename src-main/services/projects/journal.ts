import { join } from 'node:path';
import { writeAtomically } from '../../disk/atomic-write.ts';
import type { Disk, DiskFile } from '../../disk/disk.ts';
import { decodeRecords, encodeRecord } from './journal-records.ts';
import type { JournalRecord } from './journal-records.ts';

const nameOf = (generation: number) => `journal-${String(generation).padStart(8, '0')}`;
const generationOf = (name: string) => Number(/^journal-(\d{8})$/.exec(name)?.[1] ?? Number.NaN);

/**
 * A file that only grows, of records that each are on disk before `append` resolves.
 *
 * Its first record holds everything up to then; `begin` starts a new file by another such record. The file before is
 * kept as well, should the first record of the new one be damaged later. Files are numbered: no clock decides which is
 * the newest.
 */
export class Journal {
  readonly #disk: Disk;
  readonly #folder: string;
  #file: DiskFile | null = null;
  /** The highest number that was tried, and the highest whose file is whole. */
  #generation: number;
  #good: number;
  #records = 0;
  #bytes = 0;

  /** @param generation the last one that is there */
  constructor(disk: Disk, folder: string, generation = 0) {
    this.#disk = disk;
    this.#folder = folder;
    this.#generation = generation;
    this.#good = generation;
  }

  /** Whether the next record can be appended; otherwise it has to be by `begin`. */
  get isOpen(): boolean {
    return this.#file !== null;
  }

  get records(): number {
    return this.#records;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * A new file whose first record holds everything. Throws what the disk throws; the journal is closed then, for the
   * new file may be there or not, and what were appended to the one before it might never be read.
   */
  async begin(everything: JournalRecord): Promise<void> {
    await this.close().catch(() => undefined);
    const before = this.#good;
    const generation = ++this.#generation;
    const path = join(this.#folder, nameOf(generation));
    const record = encodeRecord(everything, 0);
    await writeAtomically(this.#disk, path, (file) => file.write(record));
    const file = await this.#disk.append(path);
    this.#good = generation;
    this.#file = file;
    this.#records = 1;
    this.#bytes = record.length;
    for (const name of await this.#disk.list(this.#folder)) {
      // What can't be removed now is removed the next time.
      if (generationOf(name) < before)
        await this.#disk.remove(join(this.#folder, name)).catch(() => undefined);
    }
  }

  /** Throws what the disk throws. The journal is closed then: behind a torn record nothing would be found again. */
  async append(record: JournalRecord): Promise<void> {
    if (this.#file === null) throw new Error('The journal is closed.');
    const bytes = encodeRecord(record, this.#records);
    try {
      await this.#file.write(bytes);
      await this.#file.sync();
      // What goes into a file that was deleted meanwhile, nobody finds again.
      const path = join(this.#folder, nameOf(this.#good));
      if (!(await this.#file.isAt(path))) throw missing();
    } catch (cause) {
      await this.close().catch(() => undefined);
      throw cause;
    }
    this.#records++;
    this.#bytes += bytes.length;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }
}

/** As the system would say it. */
function missing(): Error {
  return Object.assign(new Error('The journal is not where it was.'), { code: 'ENOENT' });
}

/** What a journal's folder tells: the newest state that can be read, and the number of the newest file. */
export interface Recovered<T> {
  readonly state: T;
  readonly generation: number;
}

/**
 * Replays the newest file whose first record is good; undefined where there is none.
 *
 * @param begin makes a state of a first record; throws where it is none
 * @param apply the state after a record; throws for one that does not follow, which ends the replay
 */
export async function recover<T>(
  disk: Disk,
  folder: string,
  begin: (record: JournalRecord) => T | Promise<T>,
  apply: (state: T, record: JournalRecord) => T | Promise<T>,
): Promise<Recovered<T> | undefined> {
  const generations = (await disk.list(folder)).map(generationOf).filter(Number.isInteger);
  const generation = Math.max(0, ...generations);
  for (const candidate of generations.sort((a, b) => b - a)) {
    const bytes = await disk.read(join(folder, nameOf(candidate))).catch(() => undefined);
    const [first, ...rest] = bytes === undefined ? [] : decodeRecords(bytes);
    if (first === undefined) continue;
    let state: T;
    try {
      state = await begin(first);
    } catch {
      continue;
    }
    try {
      for (const record of rest) state = await apply(state, record);
    } catch {
      // Up to here all is whole.
    }
    return { state, generation };
  }
  return undefined;
}
