import type { BufferDescriptor, PixelDescriptor } from '../../src-shared/contract/image-schemas.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { PixelView, RawView } from '../jobs/answers.ts';
import { newHandle } from './handle.ts';

/**
 * The latest few dozen, no more bytes than these and no longer than this, in ms: a page fetches at once, and what nobody
 * fetched is not kept for ever. The newest is always kept.
 */
const limits = { count: 48, bytes: 512 * 2 ** 20, age: 5 * 60_000 };

/** Raw numbers waiting to be fetched, dropped oldest first. */
export class Buffers {
  readonly #kept = new Map<string, { readonly bytes: Uint8Array; readonly expiry: NodeJS.Timeout }>();
  #bytes = 0;

  put({ width, height, channels, data }: RawView): BufferDescriptor {
    const bufferId = this.putBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { bufferId, width, height, channels, dtype: 'f32' };
  }

  putPixels({ width, height, data }: PixelView): PixelDescriptor {
    return { bufferId: this.putBytes(data), width, height, dtype: 'rgba8' };
  }

  /** A mask: bytes, row-major, as many as its pixels. */
  putMask({ width, height, data }: { readonly data: Uint8Array } & Size): BufferDescriptor {
    return { bufferId: this.putBytes(data), width, height, channels: 1, dtype: 'u8' };
  }

  /** Any bytes. */
  putBytes(bytes: Uint8Array): string {
    const bufferId = newHandle();
    const expiry = setTimeout(() => this.drop(bufferId), limits.age).unref();
    this.#kept.set(bufferId, { bytes, expiry });
    this.#bytes += bytes.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= limits.count && this.#bytes <= limits.bytes) break;
      if (oldest !== bufferId) this.drop(oldest);
    }
    return bufferId;
  }

  /** How many are kept. */
  get count(): number {
    return this.#kept.size;
  }

  /** The bytes, or undefined once they have been dropped. */
  get(bufferId: string): Uint8Array | undefined {
    return this.#kept.get(bufferId)?.bytes;
  }

  drop(bufferId: string): void {
    const kept = this.#kept.get(bufferId);
    if (kept === undefined) return;
    clearTimeout(kept.expiry);
    this.#bytes -= kept.bytes.length;
    this.#kept.delete(bufferId);
  }
}
