import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** How many requests of one kind are worked on at once, and how many more may wait for their turn. */
export interface Bound {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Lets so much work through at once, first come first served, and refuses what would make the queue too long. */
export class Gate {
  readonly #bound: Bound;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(bound: Bound) {
    this.#bound = bound;
  }

  /** Throws `busy` where too much waits already, and whatever the work throws. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#running < this.#bound.atOnce) this.#running++;
    else await this.#turn();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    if (this.#queue.length >= this.#bound.waiting) {
      throw new SeamfieldError('busy', 'Too much was asked for at once; wait a moment, then try again.');
    }
    return new Promise((resolve) => void this.#queue.push(resolve));
  }

  /** Hands the place on, so that nobody who comes later slips in between. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}
