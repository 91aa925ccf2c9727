import type { Budget, Progress } from '../../src-shared/model/training.ts';
import type { BatchShape } from './engine.ts';
import { sampleKinds } from './loss-gradient.ts';
import type { SampleKind } from './loss-gradient.ts';

/** What has been spent, in all and in the leg that is under way. */
export interface Spent {
  readonly steps: number;
  readonly seconds: number;
  readonly legSteps: number;
  readonly legSeconds: number;
}

/** A part of the steps to come. */
export interface Stretch {
  readonly steps: number;
  readonly shape: BatchShape;
}

/** Streams that a sample carries through the layers, and so its cost beside a plain value's. */
const streams: Readonly<Record<SampleKind, number>> = { value: 1, directional: 3, laplacian: 4 };

/** What a step costs, in value samples. */
function costOf(shape: BatchShape): number {
  return sampleKinds.reduce((sum, kind) => sum + streams[kind] * shape[kind], 0);
}

/** Seconds over which the pace is remembered. */
const MEMORY = 5;

/**
 * Between two looks at the clock lies a run of steps at most. What takes more than `times` the longest of late was no run: the
 * machine slept, or its process was held up from outside. Never less than so many ms, and more before a run that
 * compiles. With each run the longest counts for a little less, down to `memory`.
 */
const sleep = { times: 10, least: 2000, compiling: 30_000, memory: 0.95 };

/**
 * A clock that stands still while paused and while the machine sleeps, knows how much of the budget is spent, and how
 * fast it is being spent.
 */
export class Clock {
  private readonly begun: number;
  private idle = 0;
  private seenAt: number;
  private longest = 0;
  private hasSlept = false;
  private isCompiling = true;
  private readonly before: Spent;
  private walked = 0;
  private recentSeconds = 0;
  private recentCost = 0;

  /**
   * @param before what earlier runs of the same training have spent
   * @param now a monotonic clock in ms
   */
  constructor(
    private readonly budget: Budget,
    before: Spent = { steps: 0, seconds: 0, legSteps: 0, legSeconds: 0 },
    private readonly now: () => number = () => performance.now(),
  ) {
    this.before = before;
    this.begun = now();
    this.seenAt = this.begun;
  }

  /** Since the clock was made, pauses and sleep left out. */
  private get run(): number {
    return (this.look() - this.begun - this.idle) / 1000;
  }

  /** What time it is; whether there was a sleep since the last look is seen to. */
  private look(): number {
    const now = this.now();
    const gap = now - this.seenAt;
    this.seenAt = now;
    const least = this.isCompiling ? sleep.compiling : sleep.least;
    if (gap > Math.max(least, sleep.times * this.longest)) {
      this.idle += gap - this.longest;
      this.hasSlept = true;
    } else this.longest = Math.max(this.longest, gap);
    return now;
  }

  get seconds(): number {
    return this.before.seconds + this.run;
  }

  get steps(): number {
    return this.before.steps + this.walked;
  }

  get spent(): Spent {
    const { steps, seconds } = this;
    const { legSteps, legSeconds } = this.before;
    return { steps, seconds, legSteps: legSteps + this.walked, legSeconds: legSeconds + this.run };
  }

  get fraction(): number {
    return this.fractionAfter(0);
  }

  /** Share of the budget spent after `steps` more steps, as far as that can be known. */
  fractionAfter(steps: number): number {
    const { budget, spent } = this;
    const share =
      'steps' in budget ? (spent.legSteps + steps) / budget.steps : spent.legSeconds / budget.seconds;
    return Math.min(1, share);
  }

  get stepsLeft(): number {
    return 'steps' in this.budget ? this.budget.steps - this.spent.legSteps : Infinity;
  }

  async pause(until: Promise<void>): Promise<void> {
    const from = this.look();
    await until;
    this.seenAt = this.now();
    this.idle += this.seenAt - from;
  }

  /** The next run of steps is the first of its program. */
  compile(): void {
    this.isCompiling = true;
  }

  /** So many steps of a shape were made, and took so many seconds with all that belongs to them. */
  walk(steps: number, shape: BatchShape, seconds: number): void {
    this.longest *= sleep.memory;
    this.look();
    this.isCompiling = false;
    this.walked += steps;
    const { hasSlept } = this;
    this.hasSlept = false;
    // How long these steps took is not known.
    if (hasSlept) return;
    const keep = Math.exp(-seconds / MEMORY);
    this.recentSeconds = keep * this.recentSeconds + seconds;
    this.recentCost = keep * this.recentCost + steps * costOf(shape);
  }

  /** Seconds until the budget is spent: what is left of them, or the steps to come at the pace of the latest. */
  secondsLeft(ahead: () => readonly Stretch[]): number {
    const { budget, spent } = this;
    if ('seconds' in budget) return Math.max(0, budget.seconds - spent.legSeconds);
    if (this.recentCost === 0) return 0;
    const cost = ahead().reduce((sum, { steps, shape }) => sum + steps * costOf(shape), 0);
    return (cost * this.recentSeconds) / this.recentCost;
  }

  progress(loss: number, learningRate: number, ahead: () => readonly Stretch[]): Progress {
    const { seconds, steps, fraction } = this;
    return {
      step: steps,
      fraction,
      loss,
      learningRate,
      stepsPerSecond: seconds > 0 ? steps / seconds : 0,
      secondsElapsed: seconds,
      secondsLeft: this.secondsLeft(ahead),
    };
  }
}
