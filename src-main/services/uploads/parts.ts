import { readFile, rm } from 'node:fs/promises';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import type { UploadRoom } from './upload-space.ts';

/** More than a page has on its way at once, and for longer, in ms: then it is gone, and nobody will ask for them. */
const limits = { count: 512, age: 5 * 60_000 };

interface Part {
  readonly path: string;
  readonly room: UploadRoom | undefined;
  readonly expiry: NodeJS.Timeout;
}

/**
 * Bytes that a page sent ahead of a `projects:record`, in files of the host's own. No process looks at them, so that what
 * is painted is kept whatever the others are busy with.
 */
export class Parts {
  readonly #parts = new Map<string, Part>();

  /** Takes over the file, which is deleted when the part is dropped. Throws `busy` where there are too many. */
  async add(path: string, room?: UploadRoom): Promise<{ partId: string }> {
    if (this.#parts.size >= limits.count) {
      await rm(path, { force: true });
      room?.free();
      throw new SeamfieldError('busy', 'Too much is being kept at once; wait a moment, then try again.');
    }
    const partId = newHandle();
    const expiry = setTimeout(() => void this.drop([partId]), limits.age).unref();
    this.#parts.set(partId, { path, room, expiry });
    return { partId };
  }

  /** How many there are. */
  get count(): number {
    return this.#parts.size;
  }

  /** Throws `unknown-handle`. */
  read(partId: string): Promise<Uint8Array> {
    const part = this.#parts.get(partId);
    if (part === undefined) throw unknownHandle('part', partId);
    return readFile(part.path);
  }

  /** Those that are not known are none the worse. */
  async drop(partIds: readonly string[]): Promise<void> {
    for (const partId of partIds) {
      const part = this.#parts.get(partId);
      if (part === undefined) continue;
      this.#parts.delete(partId);
      clearTimeout(part.expiry);
      await rm(part.path, { force: true }).catch(() => undefined);
      part.room?.free();
    }
  }
}
