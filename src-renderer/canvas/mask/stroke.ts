import type { Point } from '../camera.ts';

/**
 * Places along the way of a brush, `spacing` pixels apart whatever the speed of the hand.
 *
 * The first is where the stroke begins; what is left of the way after the last counts for the next piece.
 */
export class Stroke {
  readonly #spacing: number;
  #last: Point | null = null;
  #walked = 0;

  constructor(spacing: number) {
    this.#spacing = Math.max(spacing, 0.25);
  }

  /** The dabs that going on to `to` calls for. */
  extend(to: Point): Point[] {
    const from = this.#last;
    this.#last = to;
    if (from === null) return [to];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const dabs: Point[] = [];
    let next = this.#spacing - this.#walked;
    for (; next <= length; next += this.#spacing) {
      const t = next / length;
      dabs.push({ x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) });
    }
    this.#walked = length - (next - this.#spacing);
    return dabs;
  }
}
