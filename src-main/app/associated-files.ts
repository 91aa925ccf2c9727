import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectEnding } from '../services/projects/project-file.ts';

/**
 * Projects that the system wants opened here: double-clicked, dropped on the app's icon, or named on its command line.
 * They wait until a page is there to show them.
 */
export class AssociatedFiles {
  #waiting: string[] = [];
  #show: ((path: string) => void) | null = null;

  /** What is no project is passed over. */
  take(path: string): void {
    if (!path.endsWith(projectEnding)) return;
    if (this.#show === null) this.#waiting.push(path);
    else this.#show(path);
  }

  /** What a command line names, `argv` with the program at its beginning. */
  takeFrom(argv: readonly string[], folder: string): void {
    for (const word of argv.slice(1)) {
      if (word.startsWith('-')) continue;
      // Linux desktops name a file by its URL.
      const path = /^file:\/\//i.test(word) ? pathOf(word) : resolve(folder, word);
      if (path !== undefined) this.take(path);
    }
  }

  /** A page is there. */
  ready(show: (path: string) => void): void {
    this.#show = show;
    for (const path of this.#waiting.splice(0)) show(path);
  }

  /** It is gone. */
  wait(): void {
    this.#show = null;
  }
}

/** Undefined for an address of another machine, or of none. */
function pathOf(address: string): string | undefined {
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}
