/**
 * A job's checkpoints in its folder: two files that take turns, so that the newest whole one survives a kill in
 * mid-write and the one before it any damage to the newest. Written by the job's process alone. A third one is what its
 * latest leg began from, so that it can be what it was before.
 */
import { copyFile, link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../siren/checkpoint-file.ts';
import type { Checkpoint } from '../siren/checkpoint.ts';

export const checkpointFiles = ['checkpoint-0', 'checkpoint-1', 'checkpoint-before'] as const;
const [, , before] = checkpointFiles;

interface Found {
  readonly name: (typeof checkpointFiles)[number];
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
}

export class CheckpointFolder {
  readonly #folder: string;
  #next: 0 | 1 = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The newest checkpoint that is whole, of no later leg than this one; undefined where there is none. The next write
   * spares it.
   *
   * Throws `bad-checkpoint` where there are files and none of them is whole.
   */
  async newest(leg: number): Promise<Checkpoint | undefined> {
    const newest = await this.#newest(leg);
    if (newest === undefined) return undefined;
    this.#next = newest.name === checkpointFiles[0] ? 1 : 0;
    return newest.checkpoint;
  }

  /** The file of the newest that is whole; undefined where there is none, or one of them has more bytes than `limit`. */
  async newestFile(leg: number, limit: number): Promise<Uint8Array | undefined> {
    for (const name of checkpointFiles) {
      const info = await stat(join(this.#folder, name)).catch(() => undefined);
      if (info !== undefined && info.size > limit) return undefined;
    }
    return (await this.#newest(leg).catch(() => undefined))?.bytes;
  }

  /**
   * What `leg` came to stays, whatever the next one writes; what was written in a later leg, of which nobody wants to
   * know any more, goes. Throws `not-allowed` where nothing of it was kept, and what the disk throws.
   */
  async keepBefore(leg: number): Promise<void> {
    const found = await this.#whole();
    const newest = latest(found.whole, leg);
    if (newest === undefined) {
      throw new SeamfieldError('not-allowed', 'Nothing of this training was kept; train again.');
    }
    if (newest.name !== before) {
      const [from, draft] = [join(this.#folder, newest.name), join(this.#folder, 'before.part')];
      await rm(draft, { force: true });
      await link(from, draft).catch(() => copyFile(from, draft));
      await rename(draft, join(this.#folder, before));
    }
    for (const { name, checkpoint } of found.whole) {
      if (checkpoint.leg > leg) await rm(join(this.#folder, name), { force: true });
    }
  }

  async #newest(leg: number): Promise<Found | undefined> {
    const { whole, failure } = await this.#whole();
    if (whole.length === 0 && failure !== undefined) throw failure;
    return latest(whole, leg);
  }

  async #whole(): Promise<{
    readonly whole: readonly Found[];
    readonly failure: SeamfieldError | undefined;
  }> {
    const whole: Found[] = [];
    let failure: SeamfieldError | undefined;
    for (const name of checkpointFiles) {
      const bytes = await readFile(join(this.#folder, name)).catch(() => undefined);
      if (bytes === undefined) continue;
      try {
        whole.push({ name, bytes, checkpoint: decodeCheckpoint(bytes) });
      } catch (thrown) {
        failure = SeamfieldError.from(thrown);
      }
    }
    return { whole, failure };
  }

  /** Puts a checkpoint on disk, whole or not at all. Throws what the disk throws. */
  async write(checkpoint: Checkpoint): Promise<void> {
    const bytes = encodeCheckpoint(checkpoint);
    const draft = join(this.#folder, 'checkpoint.part');
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(this.#folder, checkpointFiles[this.#next]));
    this.#next = this.#next === 0 ? 1 : 0;
  }
}

function latest(found: readonly Found[], leg: number): Found | undefined {
  const [newest] = found
    .filter(({ checkpoint }) => checkpoint.leg <= leg)
    .sort((a, b) => (isLater(a.checkpoint, b.checkpoint) ? -1 : 1));
  return newest;
}

function isLater(a: Checkpoint, b: Checkpoint): boolean {
  return (
    a.leg > b.leg ||
    (a.leg === b.leg &&
      (a.spent.steps > b.spent.steps ||
        (a.spent.steps === b.spent.steps && a.spent.seconds >= b.spent.seconds)))
  );
}
