import type { MadeFile } from '../services/ports.ts';
import { newHandle } from '../services/handle.ts';

/** Beyond these the oldest can't be fetched any more. */
const kept = 8;

/** Made files waiting for the browser to fetch them. */
export class Downloads {
  readonly #files = new Map<string, MadeFile>();

  /** The id to fetch it by. */
  put(file: MadeFile): string {
    const id = newHandle();
    this.#files.set(id, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size > kept && oldest !== undefined) this.#files.delete(oldest);
    return id;
  }

  get(id: string): MadeFile | undefined {
    return this.#files.get(id);
  }
}

/** Content-Disposition for a name of any letters (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
