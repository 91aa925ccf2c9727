import { describe, expect, it } from 'vitest';
import { secondsLeftOf, secondsUntil } from './job-list.svelte.ts';
import { newJob, type Job } from './job.ts';

const progress = {
  step: 5,
  fraction: 0.5,
  loss: 1,
  learningRate: 1,
  stepsPerSecond: 1,
  secondsElapsed: 5,
  secondsLeft: 7,
};
const job = (jobId: string, changes: Partial<Job> = {}): Job => ({
  ...newJob(jobId, { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { seconds: 30 } }),
  ...changes,
});

describe('the time left', () => {
  it('is what the training says, or its budget before it has begun', () => {
    expect(secondsLeftOf(job('a', { progress }))).toBe(7);
    expect(secondsLeftOf(job('a'))).toBe(30);
    expect(secondsLeftOf(job('a', { budget: { steps: 10 } }))).toBeUndefined();
  });

  it('until a turn is the sum of all before it, paused ones left out, and unknown where one is', () => {
    const jobs = [
      job('running', { state: 'training', progress }),
      job('resting', { state: 'paused', progress }),
      job('first', { state: 'queued', position: 1 }),
      job('steps', { state: 'queued', position: 2, budget: { steps: 5 } }),
      job('last', { state: 'queued', position: 3 }),
      job('over', { state: 'finished' }),
    ];
    expect(secondsUntil(jobs, 'first')).toBe(7);
    expect(secondsUntil(jobs, 'steps')).toBe(37);
    expect(secondsUntil(jobs, 'last')).toBeUndefined();
    expect(secondsUntil(jobs, 'running')).toBeUndefined();
  });
});
