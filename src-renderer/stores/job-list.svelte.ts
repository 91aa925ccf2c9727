import type { JobSummary, Recoverable } from '../../src-shared/contract/job-schemas.ts';
import { isActive, type Job } from './job.ts';

/** A job of the host with what to call it; its curve is not kept here. */
export interface ListedJob extends Job {
  readonly name: string;
}

/** Every training that the host knows, whichever workspace asked for it: what waits, what runs, what is over. */
export class JobList {
  /** Newest first. */
  jobs = $state.raw<readonly ListedJob[]>([]);
  /** What an earlier host left. */
  recoverable = $state.raw<readonly Recoverable[]>([]);

  /** Who works or will, in the order in which they will; then the others, newest first. */
  get inOrder(): readonly ListedJob[] {
    return [...queueOf(this.jobs), ...this.jobs.filter((job) => !isActive(job))];
  }

  get active(): readonly ListedJob[] {
    return queueOf(this.jobs);
  }

  find(jobId: string): ListedJob | undefined {
    return this.jobs.find((job) => job.jobId === jobId);
  }
}

const rank = ({ state, position }: Job) =>
  state === 'queued' ? 1000 + (position ?? 0) : state === 'paused' ? 500 : 0;

function queueOf(jobs: readonly ListedJob[]): ListedJob[] {
  return jobs.filter((job) => isActive(job)).sort((a, b) => rank(a) - rank(b));
}

/** Seconds that a job will take from now on; undefined where nobody knows: steps that have not begun. */
export function secondsLeftOf(job: Pick<Job, 'progress' | 'budget'>): number | undefined {
  if (job.progress !== null) return job.progress.secondsLeft;
  return 'seconds' in job.budget ? job.budget.seconds : undefined;
}

/** Seconds until a queued job's turn: the sum of those before it; undefined where one of them is not known. */
export function secondsUntil(jobs: readonly Job[], jobId: string): number | undefined {
  const queued = jobs.find((job) => job.jobId === jobId);
  if (queued?.state !== 'queued') return undefined;
  const before = jobs.filter(
    ({ state, position }) =>
      state === 'preparing' ||
      state === 'training' ||
      (state === 'queued' && (position ?? 0) < (queued.position ?? 0)),
  );
  return before.reduce<number | undefined>((sum, job) => {
    const left = secondsLeftOf(job);
    return sum === undefined || left === undefined ? undefined : sum + left;
  }, 0);
}

/** The photographs that a job is made of. */
export function photographsOf({ request }: Pick<JobSummary, 'request'>): string[] {
  switch (request.kind) {
    case 'reconstruct':
      return [request.imageId];
    case 'fuse':
      return [request.imageA, request.imageB];
    case 'clone': {
      const { targetId, layers } = request.composition;
      return [targetId, ...layers.map(({ sourceId }) => sourceId)];
    }
  }
}
