import type { Samples } from './engine.ts';
import type { Random, RandomState } from './random.ts';
import type { SampleSet } from './supervision.ts';

/** Where a sampler stands: its epoch's first random state, and how many samples it has drawn since. */
export interface SamplerState {
  readonly epoch: RandomState;
  readonly drawn: number;
}

/**
 * Draws batches without replacement: every sample once, in a new random order each epoch, so that none is forgotten
 * and none is favoured.
 */
export class Sampler {
  private readonly order: Uint32Array;
  private next = 0;
  private epoch: RandomState;

  /** @param random the sampler's own */
  constructor(
    private readonly set: SampleSet,
    private readonly random: Random,
  ) {
    this.order = new Uint32Array(set.count);
    this.epoch = random.state;
    this.begin();
  }

  get state(): SamplerState {
    return { epoch: this.epoch, drawn: this.next };
  }

  /** Goes on from a `state` of a sampler of as many samples. Throws a RangeError for one of fewer. */
  resume({ epoch, drawn }: SamplerState): void {
    if (drawn > this.order.length) throw new RangeError('more samples drawn than there are');
    this.random.resume(epoch);
    this.begin();
    for (let i = 0; i < drawn; i++) this.draw();
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

  /** Every epoch begins with the same order, so that its random state tells all of it. */
  private begin(): void {
    this.epoch = this.random.state;
    for (let i = 0; i < this.order.length; i++) this.order[i] = i;
    this.next = 0;
  }

  /** The next sample of a Fisher-Yates shuffle done one swap at a time. */
  private draw(): number {
    const { order } = this;
    if (this.next >= order.length) this.begin();
    const other = this.next + this.random.below(order.length - this.next);
    const drawn = order[other]!;
    order[other] = order[this.next]!;
    order[this.next++] = drawn;
    return drawn;
  }
}
