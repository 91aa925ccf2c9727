import { basename, dirname, join } from 'node:path';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Disk } from '../../disk/disk.ts';
import { codeOf, isMissing } from '../../disk/disk.ts';
import { takeLock } from '../../disk/lock.ts';
import type { Lock, Locker } from '../../disk/lock.ts';
import { hashOf } from './objects.ts';

/** The file that a work was opened from or saved to: who may write it, and whether it is still what it was. */
export class SavedFile {
  readonly path: string;
  readonly #disk: Disk;
  readonly #who: Locker | undefined;
  #lock: Lock | null = null;
  #hashes: readonly string[] = [];
  /** Why it can't be written; null where it can. A sentence. */
  readOnly: string | null = null;

  constructor(disk: Disk, path: string, who?: Locker) {
    this.#disk = disk;
    this.path = path;
    this.#who = who;
  }

  /** Tries to be the only one who writes it. Where somebody else does, `readOnly` says so. */
  async lock(force = false): Promise<void> {
    const path = join(dirname(this.path), `.${basename(this.path)}.lock`);
    this.#lock = null;
    try {
      const locking = await takeLock(this.#disk, path, this.#who, force);
      if ('lock' in locking) {
        this.#lock = locking.lock;
        this.readOnly = null;
      } else {
        const { pid, host } = locking.holder;
        this.readOnly =
          `${basename(this.path)} is open in another Seamfield (process ${pid} on ${host}). ` +
          'Save under another name, or take it over if that one is gone.';
      }
    } catch (cause) {
      // Nobody can be kept from a folder that takes no lock; whether it takes a project, saving will tell.
      const readOnly = ['EROFS', 'EACCES', 'EPERM'].includes(codeOf(cause));
      this.readOnly = readOnly
        ? `${basename(this.path)} lies where nothing can be written; save under another name elsewhere.`
        : null;
    }
  }

  /**
   * What it may hold later without anybody else having written it, by SHA-256: as it was last read or written, and, while
   * it is being replaced, as it will be. Nothing where that is not known: then it may hold anything.
   */
  get expected(): readonly string[] {
    return this.#hashes;
  }

  expect(hashes: readonly string[]): void {
    this.#hashes = hashes;
  }

  /** Whether it is there, and as far as is known what it is expected to be. Throws what the disk throws. */
  async isExpected(): Promise<boolean> {
    const now = await this.#hashNow();
    return now !== null && (this.#hashes.length === 0 || this.#hashes.includes(now));
  }

  /**
   * Throws `project-in-use` where another has it, `project-changed` where it is not what was last read or written, and
   * what the disk throws.
   */
  async checkWritable(replace: boolean): Promise<void> {
    // Whoever had it may be gone, and whoever had it not may have taken it over.
    const isHeld = this.#lock !== null && (await this.#lock.isHeld());
    if (!isHeld && (this.#lock !== null || this.readOnly !== null)) await this.lock();
    if (this.readOnly !== null) throw new SeamfieldError('project-in-use', this.readOnly);
    if (replace || this.#hashes.length === 0) return;
    const now = await this.#hashNow();
    if (now === null) return;
    if (!this.#hashes.includes(now)) throw changedMeanwhile(this.path);
    this.#hashes = [now];
  }

  async release(): Promise<void> {
    await this.#lock?.release().catch(() => undefined);
    this.#lock = null;
  }

  /** Null where there is no such file. */
  async #hashNow(): Promise<string | null> {
    try {
      return hashOf(await this.#disk.read(this.path));
    } catch (cause) {
      if (isMissing(cause)) return null;
      throw cause;
    }
  }
}

export function changedMeanwhile(path: string): SeamfieldError {
  return new SeamfieldError(
    'project-changed',
    `${basename(path)} was changed by another program since it was opened. ` +
      'Replace it, or save under another name.',
  );
}
