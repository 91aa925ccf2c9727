/** So many crashes within `within` ms are no accident: what makes the page crash does so while it loads. */
const limit = { crashes: 3, within: 60_000 };

/** Whether a page that crashed is to be loaded again by itself. */
export class Reloads {
  readonly #now: () => number;
  #crashes: number[] = [];

  /** @param now a clock in ms that nobody sets */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** The page has crashed. @returns whether it is loaded again; where not, the user is to be asked */
  crashed(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < limit.within), now];
    return this.#crashes.length <= limit.crashes;
  }

  /** The user has it tried again: what was before counts no more. */
  forget(): void {
    this.#crashes = [];
  }
}
