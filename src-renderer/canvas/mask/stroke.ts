import type { Point } from '../camera.ts';

/** A place on the way of a pen, and how hard it is pressed, 0…1. */
export interface Pressed extends Point {
  readonly pressure: number;
}

/**
 * Places along the way of a brush, at distances that `spacing` tells (in pixels, by the pressure), whatever the speed
 * of the hand. Pressure goes evenly from one point of the way to the next.
 *
 * The first is where the stroke begins; what is left of the way after the last counts for the next piece.
 */
export class Stroke {
  readonly #spacing: (pressure: number) => number;
  #last: Pressed | null = null;
  /** How far the next one is. */
  #left = 0;

  constructor(spacing: (pressure: number) => number) {
    this.#spacing = (pressure) => Math.max(spacing(pressure), 0.25);
  }

  /** The places that going on to `to` calls for. */
  extend(to: Pressed): Pressed[] {
    const from = this.#last;
    this.#last = to;
    if (from === null) {
      this.#left = this.#spacing(to.pressure);
      return [to];
    }
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const places: Pressed[] = [];
    let walked = 0;
    while (walked + this.#left <= length && length > 0) {
      walked += this.#left;
      const t = walked / length;
      const pressure = from.pressure + t * (to.pressure - from.pressure);
      places.push({ x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y), pressure });
      this.#left = this.#spacing(pressure);
    }
    this.#left -= length - walked;
    return places;
  }
}
