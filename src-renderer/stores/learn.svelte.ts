import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { View } from '../../src-shared/model/view.ts';
import type { Picture } from './picture.ts';

/** What supervises each network. */
export const lessons = ['gradient', 'laplacian', 'fused'] as const;
export type Lesson = (typeof lessons)[number];

/** The columns of the figure. */
export const learnViews = ['value', 'magnitude', 'laplacian'] as const satisfies readonly View[];
export type LearnView = (typeof learnViews)[number];

/** Which column the network is shown. */
export const shownTo: Readonly<Record<Lesson, LearnView>> = {
  gradient: 'magnitude',
  laplacian: 'laplacian',
  fused: 'magnitude',
};

/** Whose PSNR stands under each column of the network. */
export const psnrOf: Readonly<Record<LearnView, 'psnr' | 'gradientPsnr' | 'laplacianPsnr'>> = {
  value: 'psnr',
  magnitude: 'gradientPsnr',
  laplacian: 'laplacianPsnr',
};

export type LessonState = 'idle' | 'waiting' | 'training' | 'done' | 'failed' | 'cancelled';

/** One row of the figure. Immutable. */
export interface LessonRow {
  readonly state: LessonState;
  readonly jobId: string | null;
  /** Share of the budget spent. */
  readonly fraction: number;
  readonly metrics: Metrics;
  readonly truth: Readonly<Partial<Record<LearnView, Picture>>>;
  readonly network: Readonly<Partial<Record<LearnView, Picture>>>;
}

export const emptyRow: LessonRow = {
  state: 'idle',
  jobId: null,
  fraction: 0,
  metrics: {},
  truth: {},
  network: {},
};

export const learnSizes = [64, 96, 128, 192] as const;
export const learnSeconds = [3, 5, 10, 20, 40] as const;

/** The figure of the paper, on the user's own pictures. */
export class Learn {
  first = $state.raw<ImageSummary | null>(null);
  second = $state.raw<ImageSummary | null>(null);
  size = $state<number>(128);
  seconds = $state<number>(10);
  rows = $state.raw<Readonly<Record<Lesson, LessonRow>>>({
    gradient: emptyRow,
    laplacian: emptyRow,
    fused: emptyRow,
  });
  running = $state(false);
  busy = $state(false);

  change(lesson: Lesson, change: Partial<LessonRow>): void {
    this.rows = { ...this.rows, [lesson]: { ...this.rows[lesson], ...change } };
  }

  get isComplete(): boolean {
    return lessons.every((lesson) => this.rows[lesson].state === 'done');
  }
}

/** The training that a lesson stands for. */
export function lessonRequest(
  lesson: Lesson,
  { first, second, size, seconds }: Pick<Learn, 'first' | 'second' | 'size' | 'seconds'>,
): JobRequest | null {
  if (first === null) return null;
  const budget = { seconds };
  if (lesson !== 'fused') return { kind: 'reconstruct', imageId: first.id, from: lesson, size, budget };
  if (second === null) return null;
  return { kind: 'fuse', imageA: first.id, imageB: second.id, alpha: 0.5, size, budget };
}
