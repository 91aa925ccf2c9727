import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultSettings, readSettings } from '../../src-shared/contract/settings.ts';
import type { Settings } from '../../src-shared/contract/settings.ts';
import { writeWhole } from '../disk/files.ts';

/** The settings in the data folder: read once, written whole or not at all, one after the other. */
export class SettingsFile {
  readonly #folder: string;
  #loaded: Promise<Settings | null> | undefined;
  #isForeign = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataFolder: string) {
    this.#folder = dataFolder;
  }

  /** `isFresh` where nothing has been stored yet. Never throws: settings are no reason not to start. */
  async get(): Promise<{ settings: Settings; isFresh: boolean }> {
    this.#loaded ??= this.#load();
    const settings = await this.#loaded;
    return { settings: settings ?? defaultSettings, isFresh: settings === null };
  }

  /** Throws `unwritable-output`; the settings hold for this visit all the same. */
  async set(settings: Settings): Promise<void> {
    await this.get();
    this.#loaded = Promise.resolve(settings);
    // A later Seamfield's file stays as it is: what it says would be lost.
    if (this.#isForeign) return;
    const write = this.#writing.then(async () => {
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`));
    });
    this.#writing = write.catch(() => undefined);
    await write;
  }

  get #path(): string {
    return join(this.#folder, 'settings.json');
  }

  async #load(): Promise<Settings | null> {
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    if (text === null) return null;
    const read = readSettings(parse(text));
    if (read.kind === 'settings') return read.settings;
    this.#isForeign = read.kind === 'newer';
    // Kept aside for whoever wants to look; the next change would overwrite it.
    if (read.kind === 'damaged') await rename(this.#path, `${this.#path}.damaged`).catch(() => undefined);
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
