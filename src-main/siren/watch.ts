import type { Parameters } from './spec.ts';

/** Share of the newest loss in the running mean. */
const FRESH = 0.05;
/** The loss leaps where it exceeds so many times its running mean. */
const LEAP = 8;
/** Losses seen before the running mean says anything. */
const SETTLING = 20;
/** A new best is kept where it is at least so much better than the last one kept, which bounds the copying. */
const BETTER = 0.93;

/** Where a watch stands, the best network aside. */
export interface WatchState {
  /** NaN before anything was seen in this phase. */
  readonly mean: number;
  readonly seen: number;
  /** Infinity before a network was kept in this phase. */
  readonly bestLoss: number;
}

/** Watches the loss: keeps the best network, notices a leap. Losses of different phases are not compared. */
export class Watch {
  private mean = Number.NaN;
  private seen = 0;
  private bestLoss = Infinity;
  private bestParameters: Parameters | undefined;

  get state(): WatchState {
    return { mean: this.mean, seen: this.seen, bestLoss: this.bestLoss };
  }

  resume({ mean, seen, bestLoss }: WatchState, best: Parameters | undefined): void {
    this.mean = mean;
    this.seen = seen;
    this.bestLoss = bestLoss;
    this.bestParameters = best;
  }

  /** A new phase begins: its losses are on another scale. The network kept stays, to fall back on. */
  enter(): void {
    this.mean = Number.NaN;
    this.seen = 0;
    this.bestLoss = Infinity;
  }

  /** Running mean of the loss in this phase. */
  get loss(): number {
    return this.mean;
  }

  get best(): Parameters | undefined {
    return this.bestParameters;
  }

  see(loss: number): 'best' | 'leapt' | 'fine' {
    if (!Number.isFinite(loss) || (this.seen >= SETTLING && loss > LEAP * this.mean)) return 'leapt';
    this.seen++;
    const share = Math.max(FRESH, 1 / this.seen);
    this.mean = this.seen === 1 ? loss : (1 - share) * this.mean + share * loss;
    return this.seen >= SETTLING && this.mean < BETTER * this.bestLoss ? 'best' : 'fine';
  }

  keep(parameters: Parameters): void {
    this.bestLoss = this.mean;
    this.bestParameters = parameters;
  }

  /** True where the loss now stands clearly above the best network's. */
  isWorse(): boolean {
    return this.mean > 1.05 * this.bestLoss;
  }
}
