/** At most so many previews a second. */
const perSecond = 10;
/** Previews take no more than this share of the training's time. */
const share = 0.1;
/** A page that was closed never acknowledges: after so many ms the next preview comes anyway. */
const creditAfter = 2000;

/** When the next preview is due: latest wins, one in flight, and never at the training's expense. */
export class PreviewPace {
  readonly #now: () => number;
  #notBefore = -Infinity;
  #inFlight: { readonly step: number; readonly since: number } | null = null;

  /** @param now a clock in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isDue(): boolean {
    const now = this.#now();
    if (this.#inFlight !== null && now - this.#inFlight.since < creditAfter) return false;
    return now >= this.#notBefore;
  }

  /** A preview of `step` was sent that took from `begun` until now to make. */
  sent(step: number, begun: number): void {
    const now = this.#now();
    this.#inFlight = { step, since: now };
    this.#notBefore = Math.max(begun + 1000 / perSecond, now + (now - begun) * (1 / share - 1));
  }

  /** The preview of `step`, or a later one, has been taken. */
  acknowledged(step: number): void {
    if (this.#inFlight !== null && step >= this.#inFlight.step) this.#inFlight = null;
  }
}
