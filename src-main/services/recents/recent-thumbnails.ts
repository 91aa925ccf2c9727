import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { FileSource } from '../../jobs/tasks.ts';
import { writeAtomically } from '../../disk/atomic-write.ts';
import type { Disk } from '../../disk/disk.ts';

/** Pixels of a small picture's longer side, and the bytes it may have. */
const limits = { side: 160, bytes: 64 * 2 ** 10 };

const ending = '.webp';

/** A WebP file of so many pixels along its longer side. Rejects with what is wrong with the photograph. */
export type MakeThumbnail = (image: FileSource, side: number) => Promise<Uint8Array>;

/**
 * A small picture of each recent file, kept in the data folder for this user alone, each named by its file's path, of
 * which it tells nothing. Without one, nothing fails.
 */
export class RecentThumbnails {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #make: MakeThumbnail;
  readonly #changed: () => void;
  readonly #underWay = new Set<Promise<void>>();

  /** @param changed told whenever there is a new one, or was none to be had */
  constructor(disk: Disk, folder: string, make: MakeThumbnail, changed: () => void) {
    this.#disk = disk;
    this.#folder = folder;
    this.#make = make;
    this.#changed = changed;
  }

  /** Makes the small picture of the file at `path` anew, from `image`: the file itself, or what shows its content. */
  keep(path: string, image: FileSource): Promise<void> {
    const made = this.#write(path, image)
      // It is recent all the same.
      .catch(() => undefined)
      .finally(() => {
        this.#underWay.delete(made);
        this.#changed();
      });
    this.#underWay.add(made);
    return made;
  }

  /** Resolves once nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #write(path: string, image: FileSource): Promise<void> {
    const bytes = await this.#make(image, limits.side);
    if (bytes.length > limits.bytes) return;
    await this.#disk.makeFolder(this.#folder);
    await writeAtomically(this.#disk, this.#placeOf(path), (file) => file.write(bytes));
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const place = this.#placeOf(path);
    const size = await this.#disk.size(place).catch(() => undefined);
    if (size === undefined || size > limits.bytes) return undefined;
    return this.#disk.read(place).catch(() => undefined);
  }

  /** Those of all other files go. */
  async keepOnly(paths: readonly string[]): Promise<void> {
    const wanted = new Set(paths.map((path) => basename(this.#placeOf(path))));
    const names = await this.#disk.list(this.#folder).catch(() => []);
    const unwanted = names.filter((name) => name.endsWith(ending) && !wanted.has(name));
    await Promise.all(
      unwanted.map((name) => this.#disk.remove(join(this.#folder, name)).catch(() => undefined)),
    );
  }

  #placeOf(path: string): string {
    return join(this.#folder, createHash('sha256').update(path).digest('hex') + ending);
  }
}
