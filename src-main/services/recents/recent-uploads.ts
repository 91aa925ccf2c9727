import { basename, dirname, join } from 'node:path';
import type { FileSource } from '../../jobs/tasks.ts';
import { writeAtomically } from '../../disk/atomic-write.ts';
import type { Disk } from '../../disk/disk.ts';
import { hashOf } from '../projects/objects.ts';

/** Bytes of one upload that is kept, and of all of them. */
const limits = { one: 128 * 2 ** 20, all: 256 * 2 ** 20 };

/**
 * Copies of the photographs that came as bytes, so that they can be opened again like files: there is no other way back
 * to them. Kept in the data folder for this user alone, each named by its content.
 */
export class RecentUploads {
  readonly #disk: Disk;
  readonly #folder: string;

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
  }

  /** The path of its copy; undefined for one that is too large, or where the disk takes nothing. */
  async keep({ path }: FileSource): Promise<string | undefined> {
    try {
      const size = await this.#disk.size(path);
      if (size === undefined || size > limits.one) return undefined;
      const bytes = await this.#disk.read(path);
      const place = join(this.#folder, hashOf(bytes));
      if ((await this.#disk.size(place)) !== size) {
        await this.#disk.makeFolder(this.#folder);
        await writeAtomically(this.#disk, place, (file) => file.write(bytes));
      }
      return place;
    } catch {
      return undefined;
    }
  }

  /** Whether a file is one of these copies. */
  owns(path: string): boolean {
    return dirname(path) === this.#folder;
  }

  /** Of these paths, the latest first, the copies for which there is no room. */
  async beyondRoom(paths: readonly string[]): Promise<string[]> {
    const beyond: string[] = [];
    let taken = 0;
    for (const path of paths.filter((path) => this.owns(path))) {
      taken += (await this.#disk.size(path).catch(() => undefined)) ?? 0;
      if (taken > limits.all) beyond.push(path);
    }
    return beyond;
  }

  /** All other copies go. */
  async keepOnly(paths: readonly string[]): Promise<void> {
    const wanted = new Set(paths.filter((path) => this.owns(path)).map((path) => basename(path)));
    const names = await this.#disk.list(this.#folder).catch(() => []);
    const unwanted = names.filter((name) => !wanted.has(name));
    await Promise.all(
      unwanted.map((name) => this.#disk.remove(join(this.#folder, name)).catch(() => undefined)),
    );
  }
}
