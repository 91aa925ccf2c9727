import type { Loop } from './loop.ts';

/** Values that loops of a memory work on. */
export interface Plane {
  readonly values: Float64Array;
  /** The byte address of the first. */
  readonly at: number;
}

/** Memory for planes, and the loops that work on it. */
export class LinearMemory<Name extends string> {
  readonly loops: Readonly<Record<Name, Loop>>;
  readonly #memory: WebAssembly.Memory;
  #used = 0;

  /** @throws RangeError where so much memory is not to be had */
  constructor(module: WebAssembly.Module, bytes: number) {
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.loops = exports as Record<Name, Loop>;
  }

  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** So many zeros. */
  plane(count: number): Plane {
    const at = this.#used;
    const values = new Float64Array(this.#memory.buffer, at, count);
    this.#used += values.byteLength;
    return { values, at };
  }

  /** Takes all planes back; what they held is 0 again. */
  clear(): void {
    new Uint8Array(this.#memory.buffer, 0, this.#used).fill(0);
    this.#used = 0;
  }
}

const PAGE = 65536;
