import { describe, expect, it } from 'vitest';
import type { EventName } from '../../src-shared/contract/events.ts';
import { until } from '../../tests/until.ts';
import { emptyRow, lessons, type Learn } from '../stores/learn.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { Learning } from './learning.ts';

/** A host that begins every training and lets the test say how it goes. */
function setUp() {
  const learn = {
    first: { id: 'a' },
    second: { id: 'b' },
    size: 64,
    seconds: 3,
    rows: Object.fromEntries(lessons.map((lesson) => [lesson, emptyRow])) as Learn['rows'],
    running: false,
    busy: false,
    change(lesson: (typeof lessons)[number], change: object) {
      this.rows = { ...this.rows, [lesson]: { ...this.rows[lesson], ...change } };
    },
  };
  const asked: { channel: string; payload: Record<string, unknown> }[] = [];
  const handlers = new Map<EventName, Set<(payload: never) => void>>();
  let jobs = 0;
  const request = (channel: string, payload: Record<string, unknown>) => {
    asked.push({ channel, payload });
    if (channel === 'jobs:start') return Promise.resolve({ jobId: `j${++jobs}` });
    if (channel === 'jobs:get') return Promise.resolve({ state: 'training' });
    return Promise.resolve({ bufferId: 'x', width: 1, height: 1, channels: 1 });
  };
  const transport = {
    request,
    on(event: EventName, handler: (payload: never) => void) {
      const all = handlers.get(event) ?? new Set();
      handlers.set(event, all.add(handler));
      return () => all.delete(handler);
    },
    fetchBuffer: () => Promise.resolve(new Float32Array(1).buffer),
  } as unknown as Transport;
  const tell = (event: EventName, payload: object) =>
    [...(handlers.get(event) ?? [])].forEach((handler) => handler(payload as never));
  const started = () =>
    asked
      .filter(({ channel }) => channel === 'jobs:start')
      .map(({ payload }) => payload['from'] ?? payload['kind']);
  return {
    learn,
    asked,
    tell,
    started,
    learning: new Learning(transport, learn as unknown as Learn, () => true),
  };
}

describe('the lessons', () => {
  it('are trained one after the other, never two at once', async () => {
    const { learn, learning, started, tell } = setUp();
    const over = learning.train();
    for (const [i, expected] of ['gradient', 'laplacian', 'fuse'].entries()) {
      await until(() => expect(started()).toHaveLength(i + 1));
      expect(started().at(-1)).toBe(expected);
      await until(() => expect(learn.rows[lessons[i]!].jobId).toBe(`j${i + 1}`));
      await Promise.resolve();
      tell('job:finished', { jobId: 'someone else’s', metrics: {} });
      expect(started()).toHaveLength(i + 1);
      tell('job:finished', { jobId: `j${i + 1}`, metrics: { psnr: 20 + i } });
    }
    await over;
    expect(lessons.map((lesson) => learn.rows[lesson].state)).toEqual(['done', 'done', 'done']);
    expect(learn.rows.fused.metrics.psnr).toBe(22);
    expect(learn.running).toBe(false);
  });

  it('that are cancelled end their training on the host and begin no other; what was done stays', async () => {
    const { learn, learning, asked, started, tell } = setUp();
    const over = learning.train();
    await until(() => expect(learn.rows.gradient.jobId).toBe('j1'));
    await Promise.resolve();
    tell('job:finished', { jobId: 'j1', metrics: {} });
    await until(() => expect(learn.rows.laplacian.jobId).toBe('j2'));
    await learning.cancel();
    tell('job:failed', { jobId: 'j2', error: { code: 'cancelled', message: 'The training was cancelled.' } });
    await over;
    expect(asked).toContainEqual({ channel: 'jobs:cancel', payload: { jobId: 'j2' } });
    expect(started()).toHaveLength(2);
    expect(lessons.map((lesson) => learn.rows[lesson].state)).toEqual(['done', 'cancelled', 'cancelled']);
  });

  it('tell what went wrong, and stop there', async () => {
    const { learn, learning, started, tell } = setUp();
    const over = learning.train();
    await until(() => expect(learn.rows.gradient.jobId).toBe('j1'));
    await Promise.resolve();
    tell('job:failed', { jobId: 'j1', error: { code: 'diverged', message: 'It diverged.' } });
    await expect(over).rejects.toThrow('It diverged.');
    expect(lessons.map((lesson) => learn.rows[lesson].state)).toEqual(['failed', 'idle', 'idle']);
    expect(started()).toHaveLength(1);
    expect(learn.running).toBe(false);
  });
});
