/** For so many seconds of training it is watched how it begins. */
const beginning = 5;
/** Between two reports lie so many ms at least, in the beginning and then. */
const every = { beginning: 250, then: 500 };

/** When progress is told next: each time pages lay out, draw and paint all they say of it, on the training's processor. */
export class ReportPace {
  readonly #now: () => number;
  #toldAt = -Infinity;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param trained seconds of training so far */
  isDue(trained: number): boolean {
    return this.#now() - this.#toldAt >= (trained < beginning ? every.beginning : every.then);
  }

  told(): void {
    this.#toldAt = this.#now();
  }
}
