import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { writeAtomically } from '../../disk/atomic-write.ts';
import type { Disk } from '../../disk/disk.ts';

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Files of a work's folder that never change, each named by the SHA-256 of its bytes. */
export class Objects {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #known = new Set<string>();

  constructor(disk: Disk, workFolder: string) {
    this.#disk = disk;
    this.#folder = join(workFolder, 'objects');
  }

  pathOf(hash: string): string {
    return join(this.#folder, hash);
  }

  /** On disk, to stay, once it resolves with the bytes' hash. */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = hashOf(bytes);
    if (this.#known.has(hash)) return hash;
    // One that is there may be of an earlier life of this folder, and torn.
    if (!(await this.isWhole(hash))) {
      await this.#disk.makeFolder(this.#folder);
      await writeAtomically(this.#disk, this.pathOf(hash), (file) => file.write(bytes));
    }
    this.#known.add(hash);
    return hash;
  }

  /** The names of all that there are, damaged ones included. */
  list(): Promise<string[]> {
    return this.#disk.list(this.#folder);
  }

  /** What can't be removed stays, and is no harm but for its room. */
  async remove(hash: string): Promise<void> {
    this.#known.delete(hash);
    await this.#disk.remove(this.pathOf(hash)).catch(() => undefined);
  }

  async isWhole(hash: string): Promise<boolean> {
    return (await this.read(hash)) !== undefined;
  }

  /** Undefined where it is not there, or not what it was. */
  async read(hash: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#disk.read(this.pathOf(hash)).catch(() => undefined);
    return bytes !== undefined && hashOf(bytes) === hash ? bytes : undefined;
  }
}
