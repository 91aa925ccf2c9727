import { join } from 'node:path';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { removeParts } from '../../disk/atomic-write.ts';
import type { Disk } from '../../disk/disk.ts';
import { isMissing, reasonOf } from '../../disk/disk.ts';
import { Journal, recover } from './journal.ts';
import { takeLock } from '../../disk/lock.ts';
import type { Lock, Locker } from '../../disk/lock.ts';
import { JournalNeeds, needsOf } from './needs.ts';
import { Objects } from './objects.ts';
import { afterRecord, recordOf, stateOfRecord, wholeRecord } from './state-records.ts';
import { applied, emptyState, isEmptyWork } from './work-state.ts';
import type { WorkChange, WorkState } from './work-state.ts';

/** Beyond so many records, or so many bytes more than the first of them, a new file is begun. */
const journalLimits = { records: 300, bytes: 16 * 2 ** 20 };

/** Beyond so many files that only earlier states need, a new journal is begun, so that they can go. */
const mostUnneeded = 8;

/**
 * One person's work, kept in a folder of its own as it goes: a journal of what changed, the files that it is made of,
 * and a lock while a host has it open.
 */
export class Work {
  readonly workId: string;
  readonly objects: Objects;
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #who: Locker | undefined;
  #lock: Lock;
  readonly #journal: Journal;
  readonly #needs: JournalNeeds;
  #firstBytes = 0;
  #state: WorkState;
  #isBehind = false;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    disk: Disk,
    folder: string,
    workId: string,
    lock: Lock,
    found: { readonly state: WorkState; readonly generation: number },
    who: Locker | undefined,
  ) {
    this.workId = workId;
    this.objects = new Objects(disk, folder);
    this.#disk = disk;
    this.#folder = folder;
    this.#lock = lock;
    this.#who = who;
    this.#journal = new Journal(disk, folder, found.generation);
    this.#needs = new JournalNeeds(found.generation === 0);
    this.#state = found.state;
  }

  /** New work, nothing of it on disk but its folder. Throws `unwritable-output`. */
  static async begin(disk: Disk, root: string, workId: string, who?: Locker): Promise<Work> {
    const folder = join(root, workId);
    try {
      await disk.makeFolder(folder);
      const locking = await takeLock(disk, join(folder, 'lock'), who);
      if (!('lock' in locking)) throw new Error('another Seamfield has just begun it');
      return new Work(disk, folder, workId, locking.lock, { state: emptyState, generation: 0 }, who);
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
    for (const path of [folder, join(folder, 'objects')]) await removeParts(disk, path);
    if (found !== undefined) return new Work(disk, folder, workId, locking.lock, found, who);
    await locking.lock.release().catch(() => undefined);
    return undefined;
  }

  /** What the page has; what of it is on disk, `change` tells. */
  get state(): WorkState {
    return this.#state;
  }

  /** Whether the disk lacks something of it: any change, be it of nothing, puts it there. */
  get isBehind(): boolean {
    return this.#isBehind;
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

  /**
   * Removes the files that nothing needs any more: neither the state, nor one that a damaged journal would lead back to,
   * nor anybody who reads them. Of work that is empty nothing is come back to.
   *
   * @param isUsed whether somebody reads the file at a path
   * @returns what was removed, by its hashes, and how many files there are still
   */
  tidy(isUsed: (path: string) => boolean): Promise<{ removed: ReadonlySet<string>; left: number }> {
    const turn = this.#queue.then(() => this.#tidy(isUsed));
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
      if (!isOpen || isLong) await this.#beginJournal();
      else {
        // Whether or not it is found again.
        this.#needs.appended(this.#state);
        await this.#journal.append(await recordOf(change));
      }
      this.#isBehind = false;
    } catch (cause) {
      this.#isBehind = true;
      throw notKept(cause);
    }
  }

  /** Also where its folder was deleted meanwhile: what can be told is told anew, whatever became of the photographs. */
  async #beginJournal(): Promise<void> {
    if (!(await this.#lock.isHeld())) await this.#lockAgain();
    await this.#journal.begin(await wholeRecord(this.#state));
    this.#firstBytes = this.#journal.bytes;
    this.#needs.begun(this.#state);
  }

  async #lockAgain(): Promise<void> {
    await this.#disk.makeFolder(this.#folder);
    const locking = await takeLock(this.#disk, join(this.#folder, 'lock'), this.#who);
    if (!('lock' in locking)) throw new Error('another Seamfield has taken it over');
    this.#lock = locking.lock;
  }

  async #tidy(isUsed: (path: string) => boolean): Promise<{ removed: Set<string>; left: number }> {
    const { objects } = this;
    const needed = isEmptyWork(this.#state) ? new Set<string>() : needsOf(this.#state);
    if (!isEmptyWork(this.#state) && this.#state.thumbnail !== null) needed.add(this.#state.thumbnail);
    const names = await objects.list();
    const unneeded = names.filter((name) => !needed.has(name) && !isUsed(objects.pathOf(name)));
    const isKept = (name: string) => !isEmptyWork(this.#state) && this.#needs.has(name);
    if (unneeded.filter(isKept).length > mostUnneeded) await this.#beginJournal().catch(() => undefined);
    const removed = new Set(unneeded.filter((name) => !isKept(name)));
    for (const name of removed) await objects.remove(name);
    return { removed, left: names.length - removed.size };
  }
}

function notKept(cause: unknown): SeamfieldError {
  const why = isMissing(cause)
    ? 'the folder that they were kept in is gone; save your project elsewhere'
    : reasonOf(cause);
  return new SeamfieldError('unwritable-output', `Your changes can’t be kept just now: ${why}.`);
}
