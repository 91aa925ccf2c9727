import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transport } from '../transport/transport.ts';
import { OpenPhotographs } from './open-photographs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const closed: string[] = [];
  const request = vi.fn((_: string, { imageIds }: { imageIds: string[] }) => {
    closed.push(...imageIds);
    return Promise.resolve({});
  });
  const photographs = new OpenPhotographs({ request } as unknown as Pick<Transport, 'request'>);
  const need = (generation: number, composed: string[], others: string[]) => {
    photographs.update({ generation, composed, others });
    vi.advanceTimersByTime(30_000);
  };
  return { photographs, need, closed, request };
}

describe('photographs', () => {
  it('are closed once nothing needs them any more', () => {
    const { need, closed } = setUp();
    need(0, [], ['a']);
    need(0, [], ['a', 'b']);
    expect(closed).toEqual([]);
    need(0, [], ['b']);
    need(0, [], []);
    expect(closed).toEqual(['a', 'b']);
  });

  it('of a composition stay as long as an undo may bring them back', () => {
    const { need, closed } = setUp();
    need(1, ['target', 'source'], []);
    need(1, ['other'], []);
    expect(closed).toEqual([]);
    need(2, ['other'], []);
    expect(closed).toEqual(['target', 'source']);
  });

  it('are closed however often the same is said meanwhile', () => {
    const { photographs, need, closed } = setUp();
    need(0, [], ['a']);
    for (let i = 0; i < 30; i++) {
      photographs.update({ generation: 0, composed: [], others: [] });
      vi.advanceTimersByTime(1000);
    }
    expect(closed).toEqual(['a']);
  });

  it('that were open before a reload are closed too, as far as nothing needs them now', () => {
    const remembered: (readonly string[])[] = [];
    const request = vi.fn(() => Promise.resolve({}));
    const photographs = new OpenPhotographs({ request } as unknown as Pick<Transport, 'request'>, (ids) =>
      remembered.push(ids),
    );
    photographs.update({ generation: 1, composed: ['target'], others: [] });
    photographs.inherit(['target', 'undone']);
    vi.advanceTimersByTime(30_000);
    expect(request.mock.calls).toEqual([['images:close', { imageIds: ['undone'] }]]);
    expect(remembered).toEqual([['target'], ['target', 'undone'], ['target']]);
  });

  it('are closed as many at once as one request takes, and then the others', () => {
    const { need, closed } = setUp();
    need(
      0,
      [],
      Array.from({ length: 300 }, (_, i) => `${i}`),
    );
    need(0, [], []);
    vi.advanceTimersByTime(30_000);
    expect(closed).toHaveLength(300);
  });

  it('stay where they are needed again soon after', () => {
    const { photographs, need, closed, request } = setUp();
    need(0, [], ['a']);
    photographs.update({ generation: 0, composed: [], others: [] });
    vi.advanceTimersByTime(10_000);
    need(0, [], ['a']);
    expect([closed, request.mock.calls.length]).toEqual([[], 0]);
  });
});
