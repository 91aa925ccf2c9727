import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Told } from './told.ts';

/** Work that several may wait for: done once, told of to each, and ended once nobody waits any more. */
export class SharedWork<T> {
  readonly #abort = new AbortController();
  readonly #waiting = new Set<Told>();
  readonly #made: Promise<T>;
  #share = 0;
  #isDone = false;

  constructor(work: (signal: AbortSignal, told: Told) => Promise<T>) {
    this.#made = work(this.#abort.signal, (share) => {
      this.#share = share;
      for (const told of this.#waiting) told(share);
    }).finally(() => (this.#isDone = true));
    // Whoever waits hears of it.
    this.#made.catch(() => undefined);
  }

  /** Whether it came to nothing because nobody waited for it. */
  get isDropped(): boolean {
    return this.#abort.signal.aborted;
  }

  /** What it comes to, or what it throws; `cancelled` at once where the signal is raised. */
  async wait(signal: AbortSignal, told: Told): Promise<T> {
    // Of one's own, so that the same function may wait twice.
    const own: Told = (share) => told(share);
    this.#waiting.add(own);
    own(this.#share);
    const leaving = new AbortController();
    try {
      return await Promise.race([this.#made, raised(signal, leaving.signal)]);
    } finally {
      leaving.abort();
      this.#waiting.delete(own);
      if (this.#waiting.size === 0 && !this.#isDone) this.#abort.abort();
    }
  }
}

function raised(signal: AbortSignal, until: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const cancelled = () => reject(new SeamfieldError('cancelled', 'What was asked for was cancelled.'));
    if (signal.aborted) cancelled();
    else signal.addEventListener('abort', cancelled, { once: true, signal: until });
  });
}
