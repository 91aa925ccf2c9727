import type { Samples } from './engine.ts';
import type { Random, RandomState } from './random.ts';
import type { SampleSet } from './supervision.ts';

/** Where a sampler stands: its epoch's first random state, and how many samples it has come by since. */
export interface SamplerState {
  readonly epoch: RandomState;
  readonly drawn: number;
}

/**
 * Draws batches without replacement: every sample once, in a new random order each epoch, so that none is forgotten
 * and none is favoured but by its set's importance.
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
    for (let i = 0; i < drawn; i++) this.pass();
  }

  /**
   * Fills the first `rows` rows. Weights are scaled so that a term is the mean over what is drawn and channels, relative
   * to the field's mean square (1 for a network that is zero everywhere).
   */
  fill(into: Samples, rows: number, channels: number): void {
    const { power, importance } = this.set;
    const scale = 1 / (rows * channels * (power > 0 ? power : 1));
    for (let row = 0; row < rows; row++) {
      const index = this.draw();
      this.set.write(index, into, row);
      into.weight[row] = importance === undefined ? scale : importance.counts(index) * scale;
    }
  }

  /** Every epoch begins with the same order, so that its random state tells all of it. */
  private begin(): void {
    this.epoch = this.random.state;
    for (let i = 0; i < this.order.length; i++) this.order[i] = i;
    this.next = 0;
  }

  private draw(): number {
    for (;;) {
      const index = this.pass();
      if (index !== undefined) return index;
    }
  }

  /** The next sample of a Fisher-Yates shuffle done one swap at a time; undefined where it is left out of this epoch. */
  private pass(): number | undefined {
    const { order } = this;
    if (this.next >= order.length) this.begin();
    const other = this.next + this.random.below(order.length - this.next);
    const drawn = order[other]!;
    order[other] = order[this.next]!;
    order[this.next++] = drawn;
    const share = this.set.importance?.shares[drawn] ?? 255;
    return share === 255 || this.random.below(255) < share ? drawn : undefined;
  }
}
