import { describe, expect, it, vi } from 'vitest';
import { until } from '../../tests/until.ts';
import type { FromWorker } from './protocol.ts';
import { answer } from './pipeline/answer.ts';
import { Session } from './session.ts';

vi.mock(import('./pipeline/answer.ts'), async (original) => {
  const actual = await original();
  return { ...actual, answer: vi.fn(actual.answer) as unknown as typeof actual.answer };
});

function session() {
  const posted: FromWorker[] = [];
  const exit = vi.fn();
  return { posted, exit, session: new Session((message) => void posted.push(message), exit) };
}

describe("a job's process, from the inside", () => {
  it.each([
    ['nothing at all', undefined],
    ['a message of no known type', { type: 'run', code: 'process.exit()' }],
    [
      'a task with a key nobody knows',
      { type: 'begin', task: { kind: 'open', model: { path: 'a', name: 'a' }, x: 1 } },
    ],
    [
      'a budget of no time',
      {
        type: 'begin',
        task: {
          kind: 'reconstruct',
          image: { path: 'a', name: 'a' },
          from: 'gradient',
          budget: { seconds: 0 },
        },
      },
    ],
  ])('refuses %s at its door', (_, message) => {
    const { session: inside, posted } = session();
    inside.receive(message);
    expect(posted).toMatchObject([{ type: 'failed', error: { code: 'invalid-message' } }]);
  });

  it('answers a question that it refuses, for somebody waits', () => {
    const { session: inside, posted } = session();
    inside.receive({ type: 'ask', id: 7, question: { kind: 'view', of: 'network', view: 'curl' } });
    const envelope = { ok: false, error: { code: 'invalid-message' } };
    expect(posted).toMatchObject([{ type: 'answer', id: 7, envelope }]);
  });

  it('says that there is nothing to show before a task has begun', async () => {
    const { session: inside, posted } = session();
    inside.receive({ type: 'ask', id: 3, question: { kind: 'model' } });
    await until(() => expect(posted).toHaveLength(1));
    expect(posted).toMatchObject([
      { type: 'answer', id: 3, envelope: { ok: false, error: { code: 'not-allowed' } } },
    ]);
  });

  it('names the file that a task can’t read', async () => {
    const { session: inside, posted } = session();
    const image = { path: '/nowhere/at/all.png', name: 'all.png' };
    inside.receive({
      type: 'begin',
      task: { kind: 'reconstruct', image, from: 'gradient', budget: { steps: 1 } },
    });
    await until(() => expect(posted).toHaveLength(1));
    expect(posted).toMatchObject([
      {
        type: 'failed',
        error: { code: 'not-a-file', message: expect.stringContaining('all.png') as string },
      },
    ]);
  });

  it('ends its process when it is cancelled', () => {
    const { session: inside, exit } = session();
    inside.receive({ type: 'cancel' });
    expect(exit).toHaveBeenCalledOnce();
  });

  it('tells that it is alive as long as it works on an answer, and no longer', async () => {
    vi.useFakeTimers();
    vi.mocked(answer).mockImplementationOnce(
      () => new Promise((resolve) => setTimeout(() => resolve({} as never), 3500)),
    );
    try {
      const { session: inside, posted } = session();
      inside.receive({ type: 'ask', id: 1, question: { kind: 'card' } });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(posted.map(({ type }) => type)).toEqual(['beat', 'beat', 'beat', 'answer']);
    } finally {
      vi.useRealTimers();
    }
  });
});
