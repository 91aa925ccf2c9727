/**
 * What happened, for whoever has to find out why something did not work: lines of JSON in a few files of a bounded size.
 * Facts only: codes, counts, times. No name of a photograph, no path of the user's, nothing of a file's contents.
 */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Level = 'info' | 'error';
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface Entry {
  readonly at: string;
  readonly level: Level;
  readonly event: string;
  readonly facts: Facts;
}

/** Bytes of a file, files in all, and errors that are remembered for the diagnostics. */
const limits = { bytes: 512 * 2 ** 10, files: 5, recent: 20 };

export class Log {
  readonly folder: string;
  readonly #maxBytes: number;
  readonly #recent: Entry[] = [];
  #writing: Promise<void> = Promise.resolve();
  #bytes: number | undefined;

  constructor(folder: string, maxBytes = limits.bytes) {
    this.folder = folder;
    this.#maxBytes = maxBytes;
  }

  info(event: string, facts: Facts = {}): void {
    this.#add('info', event, facts);
  }

  error(event: string, facts: Facts = {}): void {
    this.#add('error', event, facts);
  }

  /** The latest errors of this visit, oldest first. */
  get recentErrors(): readonly Entry[] {
    return this.#recent;
  }

  /** Resolves when everything said so far is written, or cannot be. */
  flushed(): Promise<void> {
    return this.#writing;
  }

  #add(level: Level, event: string, facts: Facts): void {
    const entry: Entry = { at: new Date().toISOString(), level, event, facts: cleaned(facts) };
    if (level === 'error') {
      this.#recent.push(entry);
      if (this.#recent.length > limits.recent) this.#recent.shift();
    }
    // A log that cannot be written must not be what fails.
    this.#writing = this.#writing
      .then(() => this.#write(`${JSON.stringify(entry)}\n`))
      .catch(() => undefined);
  }

  async #write(line: string): Promise<void> {
    if (this.#bytes === undefined) {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      this.#bytes = await stat(this.#path(0)).then(
        ({ size }) => size,
        () => 0,
      );
    }
    const length = Buffer.byteLength(line);
    if (this.#bytes > 0 && this.#bytes + length > this.#maxBytes) await this.#rotate();
    await appendFile(this.#path(0), line, { mode: 0o600 });
    this.#bytes += length;
  }

  async #rotate(): Promise<void> {
    for (let n = limits.files - 2; n >= 0; n--)
      await rename(this.#path(n), this.#path(n + 1)).catch(() => undefined);
    this.#bytes = 0;
  }

  #path(n: number): string {
    return join(this.folder, n === 0 ? 'seamfield.log' : `seamfield.${n}.log`);
  }
}

function cleaned(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === 'string' ? withoutPlaces(value).slice(0, 2000) : value,
    ]),
  );
}

/**
 * A text without the places it names: of a stack, the app's own files stay by their last two parts, of every other
 * path nothing.
 */
export function withoutPlaces(text: string, home = homedir()): string {
  return text
    .replaceAll(home, '~')
    .replace(/(?:file:\/\/)?(?:~|[A-Za-z]:)?(?:[/\\][^\s/\\:'"“”()]+)+/g, (path) => {
      const own = /(?:[/\\])((?:out|node_modules)[/\\][\w@./\\-]+)$/.exec(path);
      return own === null ? '‹path›' : own[1]!.replaceAll('\\', '/').split('/').slice(-2).join('/');
    });
}
