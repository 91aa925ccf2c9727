import type { ErrorEnvelope } from '../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import type { JobDetail, JobState } from '../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Placement, Size } from '../../src-shared/model/image.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { Budget, LossPoint, Progress } from '../../src-shared/model/training.ts';

/** How many pixels a network sees; for a clone, where they lie on its target, and how many of its own they cover. */
export interface Area extends Size {
  readonly at: Placement | null;
  readonly full: Size | null;
}

/** A job as the renderer knows it. Immutable: every event makes a new one. */
export interface Job {
  readonly jobId: string;
  readonly request: JobRequest;
  readonly state: JobState;
  readonly curve: readonly LossPoint[];
  readonly progress: Progress | null;
  /** What is known of the quality so far; everything once it has finished. */
  readonly metrics: Metrics;
  readonly error: ErrorEnvelope | null;
  /** Null until known. */
  readonly area: Area | null;
  /** While queued: 1 is next. */
  readonly position: number | null;
  /** What has been trained is safe on disk: it can be gone on with after a failure, and trained further. */
  readonly kept: boolean;
  /** Of the leg under way: what it was begun with, or trained further with. */
  readonly budget: Budget;
  /** Its process has said nothing for suspiciously long. */
  readonly silent: boolean;
}

/** @param position where it waits in the queue; absent where it begins at once */
export function newJob(jobId: string, request: JobRequest, position?: number): Job {
  return {
    jobId,
    request,
    state: position === undefined ? 'preparing' : 'queued',
    position: position ?? null,
    kept: false,
    budget: request.budget,
    silent: false,
    curve: [],
    progress: null,
    metrics: {},
    error: null,
    area: null,
  };
}

/** Whether it still takes time and answers to pause, stop and cancel. */
export function isActive(job: Job | null): job is Job {
  return job !== null && ['queued', 'preparing', 'training', 'paused'].includes(job.state);
}

/** A job as its host describes it: how a page that was reloaded, or lost its connection, catches up. */
export function fromDetail(detail: JobDetail): Job {
  const { width, height, at = null, full = null } = detail;
  return {
    jobId: detail.jobId,
    request: detail.request,
    state: detail.state,
    curve: detail.metrics?.lossCurve ?? detail.curve,
    progress: detail.progress ?? null,
    metrics: detail.metrics ?? {},
    error: detail.error ?? null,
    area: width === undefined || height === undefined ? null : { width, height, at, full },
    position: detail.position ?? null,
    kept: detail.kept ?? false,
    budget: detail.further?.budget ?? detail.request.budget,
    silent: detail.silent ?? false,
  };
}

/** What a network sees and what it stands for, where the latter has more pixels; else null. */
export function reductionOf(area: Area | null): { has: Size; covers: Size } | null {
  const full = area?.full ?? null;
  if (area === null || full === null) return null;
  return area.width < full.width || area.height < full.height ? { has: area, covers: full } : null;
}

/** Whether there is a network of it that can be looked at and exported. */
export function hasNetwork(job: Job | null): job is Job {
  return job !== null && (job.state === 'finished' || (job.state === 'failed' && job.kept));
}

/** Whether there is, or will be, anything of it to inspect: not where it failed before its pictures' size was known. */
export function isInspectable(job: Job | null): job is Job {
  return job !== null && (job.state !== 'failed' || job.area !== null);
}

/** Goes on, be it after a failure or further than it was meant to. */
function begunAgain(job: Job): Job {
  const wasActive: boolean = isActive(job);
  return wasActive ? job : { ...job, progress: null, error: null, silent: false };
}

/** `job` after an event of the host. Events of other jobs, and those that tell nothing new, change nothing. */
export function applyEvent(job: Job, { event, payload }: EventMessage): Job {
  if (
    event === 'app:command' ||
    event === 'app:open-project' ||
    event === 'app:providers' ||
    event === 'app:recents' ||
    event === 'request:progress'
  ) {
    return job;
  }
  if (payload.jobId !== job.jobId) return job;
  switch (event) {
    case 'job:started': {
      if (!isActive(job)) return job;
      const { width, height, at = null, full = null } = payload;
      return { ...job, state: 'training', position: null, area: { width, height, at, full } };
    }
    case 'job:queued':
      return { ...begunAgain(job), state: 'queued', position: payload.position };
    case 'job:preparing':
      return { ...begunAgain(job), state: 'preparing', position: null };
    case 'job:silent':
      return { ...job, silent: payload.silent };
    case 'job:kept':
      return { ...job, metrics: payload.metrics, curve: payload.metrics.lossCurve ?? job.curve };
    case 'job:unsaved':
    case 'job:gone':
      return job;
    case 'job:paused':
      return isActive(job) ? { ...job, state: 'paused' } : job;
    case 'job:progress': {
      const { progress, psnr, exactPsnr } = payload;
      const known = job.curve.at(-1)?.step ?? -1;
      const news = payload.curve.filter((point) => point.step > known);
      return {
        ...job,
        state: job.state === 'preparing' || job.state === 'queued' ? 'training' : job.state,
        progress,
        curve: news.length > 0 ? [...job.curve, ...news] : job.curve,
        metrics: {
          ...job.metrics,
          ...(psnr !== undefined && { psnr }),
          ...(exactPsnr !== undefined && { exactPsnr }),
        },
      };
    }
    case 'job:preview':
      return job;
    case 'job:finished': {
      const { metrics } = payload;
      return {
        ...job,
        state: 'finished',
        kept: true,
        silent: false,
        metrics,
        curve: metrics.lossCurve ?? job.curve,
      };
    }
    case 'job:failed': {
      const state = payload.error.code === 'cancelled' ? 'cancelled' : 'failed';
      return { ...job, state, kept: payload.kept ?? false, silent: false, error: payload.error };
    }
  }
}
