/** Pixels along a preview's longer side, and ms a frame: twenty a second, so that slow ones among them leave fifteen. */
const bounds = { least: 128, most: 384, frame: 1000 / 20 };
/** What one frame may change of it: down at once, up with care. */
const change = { down: 0.5, up: 1.15 };

/** The size at which exact previews keep up with a hand on this machine, learnt from how long they took. */
export class LiveSize {
  #size = bounds.most;

  /** Pixels along the longer side, a multiple of 16. */
  get current(): number {
    return Math.round(this.#size / 16) * 16;
  }

  /** A frame of so many pixels along its longer side took so long, ms, all in all. */
  took(ms: number, pixels: number): void {
    // Time goes by the area. A small region says little of what a large one would take.
    const factor = Math.sqrt(bounds.frame / Math.max(ms, 1));
    const fits = pixels * Math.min(Math.max(factor, change.down), change.up);
    if (factor >= 1 && fits < this.#size) return;
    this.#size = Math.min(Math.max(fits, bounds.least), bounds.most);
  }
}
