/** An iterate and its residual, each of several parts; the residual is linear in the iterate. */
export interface Iterate {
  readonly x: readonly Float64Array[];
  readonly residual: readonly Float64Array[];
}

/** How many of the last steps are kept: with one or two, a megapixel that hangs on a pixel takes many times the cycles. */
const DEPTH = 4;

/**
 * Orthomin around cycles that converge slowly (Vinsome, SPE 5729, 1976): of all iterates that a cycle's step and the
 * last ones before it lead to, the one of the smallest residual.
 *
 * It takes away what a cycle leaves standing in a few directions, such as the level of a region that hangs on a
 * single pixel.
 */
export class Acceleration {
  readonly #now: Iterate;
  readonly #before: Iterate;
  /** The last steps taken, the newest first: in x, and what they took off the residual. */
  readonly #steps: Step[] = [];

  /** Of an iterate that cycles change in place. */
  constructor(now: Iterate) {
    this.#now = now;
    this.#before = copyOf(now);
  }

  /** To be called before a cycle. */
  mark(): void {
    copy(this.#now.x, this.#before.x);
    copy(this.#now.residual, this.#before.residual);
  }

  /** Puts the best iterate, and its residual, in the place of what the cycle made. */
  improve(): void {
    const [now, before] = [this.#now, this.#before];
    const oldest = this.#steps.length === DEPTH ? this.#steps.pop() : undefined;
    const step = oldest ?? { ...copyOf(now), square: 0 };
    copy(now.x, step.x);
    add(step.x, before.x, -1);
    copy(before.residual, step.residual);
    add(step.residual, now.residual, -1);
    for (const other of this.#steps) {
      const along = dot(step.residual, other.residual) / other.square;
      add(step.x, other.x, -along);
      add(step.residual, other.residual, -along);
    }
    step.square = dot(step.residual, step.residual);
    // A cycle that took nothing off the residual, or only what earlier ones could have, leads nowhere.
    if (step.square === 0) return;
    this.#steps.unshift(step);
    const length = dot(before.residual, step.residual) / step.square;
    copy(before.x, now.x);
    add(now.x, step.x, length);
    copy(before.residual, now.residual);
    add(now.residual, step.residual, -length);
  }
}

type Parts = readonly Float64Array[];

interface Step extends Iterate {
  /** Of its residual. */
  square: number;
}

function copyOf({ x, residual }: Iterate): Iterate {
  return { x: x.map((part) => part.slice()), residual: residual.map((part) => part.slice()) };
}

function copy(from: Parts, to: Parts): void {
  from.forEach((part, k) => to[k]!.set(part));
}

function add(to: Parts, values: Parts, times: number): void {
  to.forEach((part, k) => addTimes(part, values[k]!, times));
}

function dot(a: Parts, b: Parts): number {
  return a.reduce((sum, part, k) => sum + dotOf(part, b[k]!), 0);
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addTimes(to: Float64Array, values: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * values[i]!;
}
