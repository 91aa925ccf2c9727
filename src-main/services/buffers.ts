import type { BufferDescriptor } from '../../src-shared/contract/schemas.ts';
import type { RawView } from '../jobs/protocol.ts';
import { newHandle } from './handle.ts';

/** The latest few dozen, and no more bytes than these; the newest is always kept. */
const limits = { count: 48, bytes: 512 * 2 ** 20 };

/** Raw numbers waiting to be fetched, dropped oldest first. */
export class Buffers {
  readonly #kept = new Map<string, Uint8Array>();
  #bytes = 0;

  put({ width, height, channels, data }: RawView): BufferDescriptor {
    const bufferId = newHandle();
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#kept.set(bufferId, bytes);
    this.#bytes += bytes.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= limits.count && this.#bytes <= limits.bytes) break;
      if (oldest !== bufferId) this.drop(oldest);
    }
    return { bufferId, width, height, channels, dtype: 'f32' };
  }

  /** The bytes, or undefined once they have been dropped. */
  get(bufferId: string): Uint8Array | undefined {
    return this.#kept.get(bufferId);
  }

  drop(bufferId: string): void {
    this.#bytes -= this.#kept.get(bufferId)?.length ?? 0;
    this.#kept.delete(bufferId);
  }
}
