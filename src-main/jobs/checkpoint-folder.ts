/**
 * A job's checkpoints in its folder: two files that take turns, so that the newest whole one survives a kill in
 * mid-write and the one before it any damage to the newest. Written by the job's process alone.
 */
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../siren/checkpoint-file.ts';
import type { Checkpoint } from '../siren/checkpoint.ts';

export const checkpointFiles = ['checkpoint-0', 'checkpoint-1'] as const;

interface Found {
  readonly slot: 0 | 1;
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
   * The newest checkpoint that is whole; undefined where there is no file at all. The next write spares it.
   *
   * Throws `bad-checkpoint` where there are files and none of them is whole.
   */
  async newest(): Promise<Checkpoint | undefined> {
    const newest = await this.#newest();
    if (newest === undefined) return undefined;
    this.#next = newest.slot === 0 ? 1 : 0;
    return newest.checkpoint;
  }

  /** The file of the newest that is whole; undefined where there is none, or one of them has more bytes than `limit`. */
  async newestFile(limit: number): Promise<Uint8Array | undefined> {
    for (const name of checkpointFiles) {
      const info = await stat(join(this.#folder, name)).catch(() => undefined);
      if (info !== undefined && info.size > limit) return undefined;
    }
    return (await this.#newest().catch(() => undefined))?.bytes;
  }

  async #newest(): Promise<Found | undefined> {
    const found: Found[] = [];
    let failure: unknown;
    for (const slot of [0, 1] as const) {
      const bytes = await readFile(join(this.#folder, checkpointFiles[slot])).catch(() => undefined);
      if (bytes === undefined) continue;
      try {
        found.push({ slot, bytes, checkpoint: decodeCheckpoint(bytes) });
      } catch (thrown) {
        failure = thrown;
      }
    }
    const [newest] = found.sort((a, b) => (isLater(a.checkpoint, b.checkpoint) ? -1 : 1));
    if (newest === undefined && failure !== undefined) throw SeamfieldError.from(failure);
    return newest;
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

function isLater(a: Checkpoint, b: Checkpoint): boolean {
  return (
    a.leg > b.leg ||
    (a.leg === b.leg &&
      (a.spent.steps > b.spent.steps ||
        (a.spent.steps === b.spent.steps && a.spent.seconds >= b.spent.seconds)))
  );
}
