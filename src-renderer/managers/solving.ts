import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import { sizeAtRest } from '../stores/composition.svelte.ts';
import type { LiveSize } from './live-size.ts';

type Wished = Pick<Composition, 'wantsSolution' | 'wantsDetail'>;

/**
 * Solves what is on show at most `size` pixels along its longer side, and shows it.
 *
 * @returns how long the longer side was; null where there was nothing to solve
 */
type Solve = (size: number, signal: AbortSignal) => Promise<number | null>;

const never = new AbortController().signal;

/** Keeps the exact solution on show up to date: one at a time, the latest state wins, and one at rest gives way to it. */
export class Solving {
  readonly #wished: Wished;
  readonly #liveSize: LiveSize;
  readonly #solve: Solve;
  readonly #now: () => number;
  #isUnderWay = false;
  /** Whether it is to be solved at rest once it is up to date. */
  #isDetailWished = false;
  #refining: AbortController | null = null;

  constructor(wished: Wished, liveSize: LiveSize, solve: Solve, now = () => performance.now()) {
    this.#wished = wished;
    this.#liveSize = liveSize;
    this.#solve = solve;
    this.#now = now;
  }

  /** Bring it up to date, as often as the host can. */
  async follow(): Promise<void> {
    this.#refining?.abort();
    await this.#run();
  }

  /** Solve once more at the resolution that a picture at rest has; given up as soon as `follow` is called. */
  async refine(): Promise<void> {
    this.#isDetailWished = true;
    await this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    try {
      while (this.#wished.wantsSolution || this.#isDetailWished) {
        if (this.#wished.wantsSolution) await this.#live();
        else await this.#atRest();
      }
    } finally {
      this.#isUnderWay = false;
    }
  }

  async #atRest(): Promise<void> {
    this.#isDetailWished = false;
    if (!this.#wished.wantsDetail) return;
    const own = new AbortController();
    this.#refining = own;
    try {
      await this.#solve(sizeAtRest, own.signal);
    } catch (thrown) {
      if (!own.signal.aborted || SeamfieldError.from(thrown).code !== 'cancelled') throw thrown;
    } finally {
      this.#refining = null;
    }
  }

  async #live(): Promise<void> {
    const began = this.#now();
    const longer = await this.#solve(this.#liveSize.current, never);
    if (longer !== null) this.#liveSize.took(this.#now() - began, longer);
  }
}
