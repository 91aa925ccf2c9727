import { join } from 'node:path';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Disk } from './disk.ts';
import { reasonOf } from './disk.ts';
import { Journal, recover } from './journal.ts';
import { takeLock } from './lock.ts';
import type { Lock, Locker } from './lock.ts';
import { Objects } from './objects.ts';
import { afterRecord, recordOf, stateOfRecord, wholeRecord } from './state-records.ts';
import { applied, emptyState } from './work-state.ts';
import type { WorkChange, WorkState } from './work-state.ts';

/** Beyond so many records, or so many bytes more than the first of them, a new file is begun. */
const journalLimits = { records: 300, bytes: 16 * 2 ** 20 };

/**
 * One person's work, kept in a folder of its own as it goes: a journal of what changed, the files that it is made of,
 * and a lock while a host has it open.
 */
export class Work {
  readonly workId: string;
  readonly objects: Objects;
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #lock: Lock;
  readonly #journal: Journal;
  #firstBytes = 0;
  #state: WorkState;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    disk: Disk,
    folder: string,
    workId: string,
    lock: Lock,
    found: { readonly state: WorkState; readonly generation: number },
  ) {
    this.workId = workId;
    this.objects = new Objects(disk, folder);
    this.#disk = disk;
    this.#folder = folder;
    this.#lock = lock;
    this.#journal = new Journal(disk, folder, found.generation);
    this.#state = found.state;
  }

  /** New work, nothing of it on disk but its folder. Throws `unwritable-output`. */
  static async begin(disk: Disk, root: string, workId: string, who?: Locker): Promise<Work> {
    const folder = join(root, workId);
    try {
      await disk.makeFolder(folder);
      const locking = await takeLock(disk, join(folder, 'lock'), who);
      if (!('lock' in locking)) throw new Error('another Seamfield has just begun it');
      return new Work(disk, folder, workId, locking.lock, { state: emptyState, generation: 0 });
    } catch (cause) {
      throw notKept(cause);
    }
  }

  /** Work that was left; undefined where another host has it, or nothing of it can be read. */
  static async reopen(disk: Disk, root: string, workId: string, who?: Locker): Promise<Work | undefined> {
    const folder = join(root, workId);
    const locking = await takeLock(disk, join(folder, 'lock'), who).catch(() => undefined);
    if (locking === undefined || !('lock' in locking)) return undefined;
    const found = await recover(disk, folder, stateOfRecord, afterRecord).catch(() => undefined);
    if (found !== undefined) return new Work(disk, folder, workId, locking.lock, found);
    await locking.lock.release().catch(() => undefined);
    return undefined;
  }

  /** What the page has; what of it is on disk, `change` tells. */
  get state(): WorkState {
    return this.#state;
  }

  /**
   * Makes a change, and has it on disk when it resolves; changes take their turn.
   *
   * Throws `unwritable-output` where the disk takes nothing more: the change is made all the same, and what is on disk
   * is whole and a step behind until a later change gets through, which takes along what did not.
   */
  change(change: WorkChange): Promise<void> {
    const turn = this.#queue.then(() => this.#change(change));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once every change so far is made. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  /** Leaves it on disk for another time. */
  async close(): Promise<void> {
    await this.#queue;
    await this.#journal.close().catch(() => undefined);
    await this.#lock.release().catch(() => undefined);
  }

  /** Nothing of it is left. */
  async discard(): Promise<void> {
    await this.#queue;
    await this.#journal.close().catch(() => undefined);
    await this.#disk.remove(this.#folder);
  }

  async #change(change: WorkChange): Promise<void> {
    this.#state = applied(this.#state, change);
    try {
      const { isOpen, records, bytes } = this.#journal;
      const isLong = records > journalLimits.records || bytes - this.#firstBytes > journalLimits.bytes;
      if (isOpen && !isLong) return await this.#journal.append(await recordOf(change));
      await this.#journal.begin(await wholeRecord(this.#state));
      this.#firstBytes = this.#journal.bytes;
    } catch (cause) {
      throw notKept(cause);
    }
  }
}

function notKept(cause: unknown): SeamfieldError {
  return new SeamfieldError('unwritable-output', `Your changes can’t be kept just now: ${reasonOf(cause)}.`);
}
