import type { Job } from './stores/job.ts';
import { strings } from './strings.ts';

/** Why a training failed, and what is left of it; of one that never began there is nothing to be missed. */
export function failureOf({ error, kept, progress }: Pick<Job, 'error' | 'kept' | 'progress'>): string {
  const left = kept ? [strings.runs.kept] : progress === null ? [] : [strings.runs.lost];
  return [error?.message ?? strings.run.states.failed, ...left].join(' ');
}
