/** A checkpoint is begun so many ms after the one before it at the earliest. */
export const checkpointEvery = 2000;
/** Checkpoints hold the training up for no more than this share of its time … */
const share = 0.02;
/** … unless more than five seconds of it could be lost: with the run under way and the disk, so many ms leave that. */
const atLatest = 4000;

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
    const affordable = Math.min(now + (now - begun) / share, begun + atLatest);
    this.#notBefore = Math.max(begun + checkpointEvery, affordable);
  }
}
