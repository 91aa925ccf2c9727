import { join } from 'node:path';
import * as v from 'valibot';
import { defined } from '../../jobs/defined.ts';
import { writeAtomically } from '../../disk/atomic-write.ts';
import type { Disk } from '../../disk/disk.ts';

const recentFile = v.object({
  kind: v.picklist(['photograph', 'project']),
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  /** What it is called where its path does not say it. */
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(255))),
  /** When it was opened or saved last, ms since 1970. */
  usedAt: v.number(),
});
export type RecentFile = v.InferOutput<typeof recentFile>;

/** Of each kind. */
const kept = 12;

/**
 * The files of this machine that were opened or saved last, kept in the data folder for this user alone. Paths stay in
 * the host: pages know them by handles.
 */
export class RecentFiles {
  readonly #disk: Disk;
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(disk: Disk, dataFolder: string) {
    this.#disk = disk;
    this.#path = join(dataFolder, 'recent-files.json');
  }

  /** The latest first. Resolves once what was asked for before is done. */
  async list(): Promise<RecentFile[]> {
    await this.#writing;
    return (await this.#read()).sort((a, b) => b.usedAt - a.usedAt);
  }

  /** As the latest. What can't be remembered is no reason for anything to fail. */
  async add(kind: RecentFile['kind'], path: string, name?: string): Promise<void> {
    await this.#change((files) => {
      const others = files.filter((file) => file.path !== path);
      const alike = others.filter((file) => file.kind === kind).slice(0, kept - 1);
      const latest = { kind, path, usedAt: Date.now(), ...defined({ name }) };
      return [latest, ...alike, ...others.filter((file) => file.kind !== kind)];
    });
  }

  async remove(...paths: readonly string[]): Promise<void> {
    await this.#change((files) => files.filter(({ path }) => !paths.includes(path)));
  }

  async clear(): Promise<void> {
    await this.#change(() => []);
  }

  #change(change: (files: RecentFile[]) => RecentFile[]): Promise<void> {
    const done = this.#writing.then(async () => {
      try {
        const bytes = Buffer.from(JSON.stringify(change(await this.#read())));
        await writeAtomically(this.#disk, this.#path, (file) => file.write(bytes));
      } catch {
        // The next one may succeed.
      }
    });
    this.#writing = done;
    return done;
  }

  async #read(): Promise<RecentFile[]> {
    try {
      const text = Buffer.from(await this.#disk.read(this.#path)).toString('utf8');
      return v.parse(v.array(recentFile), JSON.parse(text));
    } catch {
      return [];
    }
  }
}
