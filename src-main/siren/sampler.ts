import type { Samples } from './engine.ts';
import type { Random } from './random.ts';
import type { SampleSet } from './supervision.ts';

/**
 * Draws batches without replacement: every sample once, in a new random order each epoch, so that none is forgotten
 * and none is favoured.
 */
export class Sampler {
  private readonly order: Uint32Array;
  private next: number;

  constructor(
    private readonly set: SampleSet,
    private readonly random: Random,
  ) {
    this.order = Uint32Array.from({ length: set.count }, (_, i) => i);
    this.next = set.count;
  }

  /**
   * Fills the first `rows` rows. Weights are scaled so that a term is the mean over samples and channels, relative to
   * the field's mean square (1 for a network that is zero everywhere).
   */
  fill(into: Samples, rows: number, channels: number): void {
    const scale = 1 / (rows * channels * (this.set.power > 0 ? this.set.power : 1));
    for (let row = 0; row < rows; row++) {
      this.set.write(this.draw(), into, row);
      into.weight[row] = into.weight[row]! * scale;
    }
  }

  /** The next sample of a Fisher-Yates shuffle done one swap at a time. */
  private draw(): number {
    const { order } = this;
    if (this.next >= order.length) this.next = 0;
    const other = this.next + this.random.below(order.length - this.next);
    const drawn = order[other]!;
    order[other] = order[this.next]!;
    order[this.next++] = drawn;
    return drawn;
  }
}
