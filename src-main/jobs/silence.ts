/**
 * Ticks without a sign of life before a process counts as silent: once it trains, while it prepares, while it answers. Of
 * the largest photographs some answers are computed in one go, of more than a minute on a small machine.
 */
const patience = { training: 20, preparing: 120, answering: 180 };
type Occupation = keyof typeof patience;
/** One whose signs have been far between is given so many times its longest wait, which counts up to a minute. */
const slack = 5;
const longestWait = 60;

/**
 * Whether a working process has fallen silent.
 *
 * Silence is counted in ticks that the listener itself has lived through, never in the difference of two clocks: a
 * machine that slept, a listener that was held up, or a clock that was set counts as one tick at most.
 */
export class Silence {
  #ticks = 0;
  #longest = 0;
  #occupation: Occupation;
  #told = false;

  constructor(occupation: Occupation = 'preparing') {
    this.#occupation = occupation;
  }

  /** Some time has passed for the listener. @returns whether the process has just become silent */
  tick(): boolean {
    this.#ticks++;
    if (this.#told || this.#ticks < Math.max(patience[this.#occupation], slack * this.#longest)) return false;
    this.#told = true;
    return true;
  }

  /** A message has come. @returns whether it breaks a silence that was told of */
  heard(isProgress: boolean): boolean {
    if (isProgress && this.#occupation === 'preparing') this.#occupation = 'training';
    if (this.#occupation !== 'preparing')
      this.#longest = Math.max(this.#longest, Math.min(this.#ticks, longestWait));
    this.#ticks = 0;
    const broken = this.#told;
    this.#told = false;
    return broken;
  }
}
