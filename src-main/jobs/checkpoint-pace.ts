/** A checkpoint is begun so many ms after the one before it at the earliest. */
export const checkpointEvery = 2000;
/** Checkpoints hold the training up for no more than this share of its time. */
const share = 0.02;

/** When the next checkpoint is due: often enough that little is lost, and never at the training's expense. */
export class CheckpointPace {
  readonly #now: () => number;
  #notBefore: number;

  /** @param now a monotonic clock in ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#notBefore = now() + checkpointEvery;
  }

  get isDue(): boolean {
    return this.#now() >= this.#notBefore;
  }

  /** A checkpoint begun at `begun` has held the training up until now. */
  taken(begun: number): void {
    const now = this.#now();
    this.#notBefore = Math.max(begun + checkpointEvery, now + (now - begun) / share);
  }
}
