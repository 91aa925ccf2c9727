import type { MadeFile } from '../services/ports.ts';
import { newHandle } from '../services/handle.ts';

/** Beyond these the oldest can't be fetched any more; the newest always can. */
const limits = { count: 8, bytes: 2 ** 30 };

/** Made files waiting for the browser to fetch them. */
export class Downloads {
  readonly #files = new Map<string, MadeFile>();

  /** The id to fetch it by. */
  put(file: MadeFile): string {
    const id = newHandle();
    this.#files.set(id, file);
    let total = [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [oldest, { bytes }] of this.#files) {
      if (oldest === id || (this.#files.size <= limits.count && total <= limits.bytes)) break;
      total -= bytes.length;
      this.#files.delete(oldest);
    }
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
