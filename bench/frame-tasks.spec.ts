import { describe, expect, it } from 'vitest';
import { frameTasks, quantile, withoutWaiting, type TraceEvent } from './frame-tasks.ts';

const thread = (pid: number): TraceEvent => ({
  name: 'thread_name',
  pid,
  tid: 1,
  ts: 0,
  args: { name: 'CrRendererMain' },
});
const event = (name: string, ms: number, length = 0, pid = 7): TraceEvent => ({
  name,
  pid,
  tid: 1,
  ts: 1000 * ms,
  dur: 1000 * length,
});

describe('the tasks of a frame', () => {
  it('are those between its beginning and the next, shared out where one runs over', () => {
    const frames = [0, 16, 32].map((ms) => event('FireAnimationFrame', ms));
    const tasks = [event('RunTask', 1, 4), event('RunTask', 14, 5), event('RunTask', 20, 1)];
    expect(frameTasks([thread(7), ...frames, ...tasks])).toEqual([6, 4]);
  });

  it('are shorter without the time that the thread waited for a processor', () => {
    const frames = [0, 16].map((ms) => event('FireAnimationFrame', ms));
    const tasks = [{ ...event('RunTask', 1, 8), tdur: 3000 }, event('RunTask', 10, 1)];
    expect(frameTasks(withoutWaiting([thread(7), ...frames, ...tasks]))).toEqual([4]);
  });

  it('are not those of another process, nor counted twice where a frame has two callbacks', () => {
    const frames = [0, 1, 16].map((ms) => event('FireAnimationFrame', ms));
    const tasks = [event('RunTask', 2, 3), event('RunTask', 2, 10, 8)];
    const other = [thread(8), event('FireAnimationFrame', 5, 0, 8)];
    expect(frameTasks([...other, thread(7), ...frames, ...tasks])).toEqual([3]);
  });
});

describe('a quantile', () => {
  it('is one of the values, and so many are at most it', () => {
    const values = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect([quantile(values, 0.5), quantile(values, 0.95), quantile(values, 1)]).toEqual([10, 19, 20]);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});
