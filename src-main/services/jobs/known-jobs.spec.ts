import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from './job.ts';
import { KnownJobs } from './known-jobs.ts';

const emit = vi.fn();
const release = vi.fn(() => Promise.resolve());
const close = vi.fn(() => Promise.resolve());
const remove = vi.fn(() => Promise.resolve());
let known: KnownJobs;

beforeEach(() => {
  vi.clearAllMocks();
  known = new KnownJobs(emit);
});

function add(
  jobId: string,
  like: { isActive?: boolean; isAsked?: boolean; isKept?: boolean; state?: string } = {},
  borrowed?: readonly string[],
): Job {
  const { isActive = false, isAsked = false, isKept = false, state = 'finished' } = like;
  const job = { jobId, isActive, isAsked, isKept, summary: { state }, close, folder: { remove } };
  known.add(job as unknown as Job, { release, ...(borrowed && { borrowed }) });
  return known.get(jobId);
}

const ids = () => known.all.map(({ jobId }) => jobId);

describe('the trainings that are known', () => {
  it('are eight at the most; the oldest go, but those that are active or asked something', () => {
    add('active', { isActive: true });
    add('asked', { isAsked: true });
    for (let i = 0; i < 8; i++) add(`over ${i}`);
    known.forgetOld();
    expect(ids()).toEqual(['active', 'asked', ...[2, 3, 4, 5, 6, 7].map((i) => `over ${i}`)]);
    expect(emit.mock.calls.map(([message]) => message as unknown)).toEqual(
      [0, 1].map((i) => ({ event: 'job:gone', payload: { jobId: `over ${i}` } })),
    );
    expect(() => known.get('over 0')).toThrow(expect.objectContaining({ code: 'unknown-handle' }));
  });

  it('hold their photographs and borrow their files until they are forgotten, though the disk refuses', async () => {
    const job = add('one', {}, ['network', 'checkpoint']);
    expect(known.borrowed).toEqual(['network', 'checkpoint']);
    remove.mockRejectedValueOnce(new Error('read-only'));
    await expect(known.forget(job)).rejects.toThrow('read-only');
    expect([close, release].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(known.borrowed).toEqual([]);
  });

  it('keep their folders when the host closes where the next one can go on with them', async () => {
    add('active', { isActive: true });
    add('failed', { state: 'failed', isKept: true });
    await known.close();
    expect(remove).not.toHaveBeenCalled();
    expect(release).toHaveBeenCalledTimes(2);
    add('finished', { isKept: true });
    add('failed', { state: 'failed' });
    await known.close();
    expect(remove).toHaveBeenCalledTimes(2);
    expect(ids()).toEqual([]);
  });

  it('are all let go when the host closes, those whose folder the disk keeps and those on their way too', async () => {
    const order: string[] = [];
    let removed = () => undefined as void;
    remove.mockImplementationOnce(
      () => new Promise((resolve) => (removed = () => (order.push('removed'), resolve()))),
    );
    const forgotten = known.forget(add('forgotten'));
    await vi.waitFor(() => expect(remove).toHaveBeenCalledTimes(1));
    remove.mockRejectedValueOnce(new Error('read-only'));
    add('finished');
    const closed = known.close().then(() => order.push('closed'));
    await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(1));
    removed();
    await Promise.all([forgotten, closed]);
    expect(order).toEqual(['removed', 'closed']);
    expect(release).toHaveBeenCalledTimes(2);
  });
});
