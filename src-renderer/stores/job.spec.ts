import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import { applyEvent, isActive, isInspectable, newJob, type Job, reductionOf } from './job.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { seconds: 9 } } as const;

function progress(step: number, extra: { psnr?: number } = {}, jobId = 'j'): EventMessage {
  const point = { step, seconds: step / 100, loss: 1 / (step + 1) };
  const state = { fraction: 0.5, learningRate: 0.01, stepsPerSecond: 100, secondsElapsed: 1, secondsLeft: 1 };
  return {
    event: 'job:progress',
    payload: { jobId, progress: { ...state, step, loss: point.loss }, curve: [point], ...extra },
  };
}

const after = (...messages: EventMessage[]): Job => messages.reduce(applyEvent, newJob('j', request));

describe('a job', () => {
  it('collects its loss curve without repeating a point it already has', () => {
    expect(after(progress(1), progress(2), progress(2), progress(3)).curve.map((p) => p.step)).toEqual([
      1, 2, 3,
    ]);
  });

  it('remembers the latest quality known', () => {
    expect(after(progress(1, { psnr: 20 }), progress(2), progress(3, { psnr: 30 })).metrics.psnr).toBe(30);
  });

  it('is untouched by what happens to another', () => {
    const job = newJob('j', request);
    expect(applyEvent(job, progress(1, {}, 'other'))).toBe(job);
  });

  it('pauses, continues and finishes with its metrics', () => {
    const started: EventMessage = { event: 'job:started', payload: { jobId: 'j', width: 8, height: 8 } };
    const paused = after(started, { event: 'job:paused', payload: { jobId: 'j' } });
    expect(paused.state).toBe('paused');
    const again = applyEvent(paused, started);
    expect(again.state).toBe('training');
    const done = applyEvent(again, { event: 'job:finished', payload: { jobId: 'j', metrics: { psnr: 41 } } });
    expect([done.state, done.metrics, isActive(done)]).toEqual(['finished', { psnr: 41 }, false]);
  });

  it('stays finished when a straggling event arrives', () => {
    const done = after({ event: 'job:finished', payload: { jobId: 'j', metrics: {} } });
    expect(applyEvent(done, { event: 'job:paused', payload: { jobId: 'j' } }).state).toBe('finished');
    expect(applyEvent(done, progress(4)).state).toBe('finished');
  });

  it('tells a cancellation from a failure', () => {
    const failed = (code: 'cancelled' | 'job-died') =>
      after({ event: 'job:failed', payload: { jobId: 'j', error: { code, message: 'Why.' } } });
    expect([failed('cancelled').state, failed('job-died').state]).toEqual(['cancelled', 'failed']);
  });

  it('has nothing to inspect where it failed before it had a size, and then only', () => {
    const died = {
      event: 'job:failed',
      payload: { jobId: 'j', error: { code: 'job-died', message: 'Why.' } },
    } as const;
    const early = after(died);
    expect([isInspectable(null), isInspectable(early)]).toEqual([false, false]);
    expect(isInspectable(after())).toBe(true);
    expect(isInspectable({ ...early, area: { width: 8, height: 8, at: null, full: null } })).toBe(true);
  });

  it('says what its network sees of a larger region, and nothing where it sees all of it', () => {
    const at = { x: 3, y: 4 };
    const area = { width: 8, height: 6, at, full: { width: 32, height: 24 } };
    expect(reductionOf(area)).toEqual({ has: area, covers: area.full });
    expect(reductionOf({ ...area, full: { width: 8, height: 6 } })).toBeNull();
    expect(reductionOf({ ...area, full: null })).toBeNull();
    expect(reductionOf(null)).toBeNull();
    const started = { event: 'job:started', payload: { jobId: 'j', ...area } } as const;
    expect(reductionOf(after(started).area)?.covers).toEqual(area.full);
  });
});
