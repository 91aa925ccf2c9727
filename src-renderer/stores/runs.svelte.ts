import type { JobState } from '../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { CurvePoint } from '../../src-shared/model/training.ts';

export const curveMeasures = ['loss', 'exactPsnr', 'psnr', 'learningRate'] as const;
export type CurveMeasure = (typeof curveMeasures)[number];
export const curveAxes = ['seconds', 'steps'] as const;
export type CurveAxis = (typeof curveAxes)[number];

/** One training of this session, whichever workspace asked for it. Immutable but for what the user sets. */
export interface Run {
  readonly jobId: string;
  /** '1 · astronaut.png · gradient' */
  readonly name: string;
  readonly request: JobRequest;
  readonly state: JobState;
  readonly points: readonly CurvePoint[];
  readonly metrics: Metrics;
  /** What the network is, in the words of its file; once it has finished. */
  readonly card?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly colour: string;
  readonly shown: boolean;
}

/** Apart from each other, in light and in dark, also for most colour-blind eyes (Okabe and Ito, 2008). */
export const runColours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b58900', '#56b4e9'] as const;

/** Every run of the session, oldest first, and how their curves are looked at. */
export class Runs {
  all = $state.raw<readonly Run[]>([]);
  selected = $state<string | null>(null);
  measure = $state<CurveMeasure>('loss');
  axis = $state<CurveAxis>('seconds');

  get shown(): readonly Run[] {
    return this.all.filter(({ shown }) => shown);
  }

  /** The one whose card is shown: the selected, or else the latest. */
  get current(): Run | null {
    return this.all.find(({ jobId }) => jobId === this.selected) ?? this.all.at(-1) ?? null;
  }

  find(jobId: string): Run | undefined {
    return this.all.find((run) => run.jobId === jobId);
  }

  add(run: Omit<Run, 'colour' | 'shown'>): void {
    if (this.find(run.jobId) !== undefined) return;
    const colour = runColours[this.all.length % runColours.length]!;
    this.all = [...this.all, { ...run, colour, shown: true }];
  }

  change(jobId: string, change: Partial<Run>): void {
    this.all = this.all.map((run) => (run.jobId === jobId ? { ...run, ...change } : run));
  }
}

/**
 * A run's curve as two columns; points that lack the measure are left out. A finished run's PSNR ends with the one that
 * was measured at every pixel.
 */
export function curveOf(
  { points, state, metrics }: Pick<Run, 'points' | 'state' | 'metrics'>,
  measure: CurveMeasure,
  axis: CurveAxis,
): { readonly x: number[]; readonly y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  for (const point of state === 'finished' ? [...points, lastOf(metrics)] : points) {
    const value = point[measure];
    if (value === undefined || !Number.isFinite(value)) continue;
    x.push(axis === 'steps' ? point.step : point.seconds);
    y.push(value);
  }
  return { x, y };
}

function lastOf({
  psnr,
  exactPsnr,
  steps = 0,
  seconds = 0,
}: Metrics): Partial<CurvePoint> & Pick<CurvePoint, 'step' | 'seconds'> {
  return {
    step: steps,
    seconds,
    ...(psnr !== undefined && { psnr }),
    ...(exactPsnr !== undefined && { exactPsnr }),
  };
}
