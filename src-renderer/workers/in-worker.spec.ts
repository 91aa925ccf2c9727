import { describe, expect, it, vi } from 'vitest';
import { InWorker, type Posted, type WorkerLike } from './in-worker.ts';

/** A worker that keeps what it is posted, and says what the test has it say. */
function fakeWorker() {
  const posted: Posted<string>[] = [];
  const heard = new Map<string, (event: unknown) => void>();
  let ended = false;
  const worker = {
    postMessage: (message: Posted<string>) => void posted.push(message),
    addEventListener: (name: string, handler: (event: unknown) => void) => void heard.set(name, handler),
    terminate: () => void (ended = true),
  } as unknown as WorkerLike;
  return {
    worker,
    posted,
    say: (data: { id: number; made?: string }) => heard.get('message')?.({ data }),
    fail: (how: 'error' | 'messageerror') => heard.get(how)?.({}),
    hasEnded: () => ended,
  };
}

const byPage = (asked: string) =>
  asked === 'bad' ? Promise.reject(new Error('It can’t be done.')) : Promise.resolve(`${asked}, by the page`);

describe('work in a worker', () => {
  it('comes back to whoever asked, in whatever order, from one worker that is begun with the first', async () => {
    let begun = 0;
    const { worker, posted, say } = fakeWorker();
    const work = new InWorker(() => (begun++, worker), byPage);
    expect(begun).toBe(0);
    const both = Promise.all([work.ask('a'), work.ask('b')]);
    expect(posted.map(({ asked }) => asked)).toEqual(['a', 'b']);
    say({ id: posted[1]!.id, made: 'b, done' });
    say({ id: posted[0]!.id, made: 'a, done' });
    expect(await both).toEqual(['a, done', 'b, done']);
    expect(begun).toBe(1);
  });

  it('is the page’s own where it can have no worker', async () => {
    let tries = 0;
    const work = new InWorker(() => {
      tries++;
      throw new Error('no worker here');
    }, byPage);
    expect(await work.ask('a')).toBe('a, by the page');
    expect(await work.ask('b')).toBe('b, by the page');
    expect(tries).toBe(1);
  });

  it.each(['error', 'messageerror'] as const)(
    'is the page’s own after an %s, what the worker owes included',
    async (how) => {
      const { worker, posted, fail, hasEnded } = fakeWorker();
      const work = new InWorker(() => worker, byPage);
      const owed = Promise.all([work.ask('a'), work.ask('b')]);
      fail(how);
      expect(await owed).toEqual(['a, by the page', 'b, by the page']);
      expect(await work.ask('b')).toBe('b, by the page');
      expect(posted).toHaveLength(2);
      expect(hasEnded()).toBe(true);
    },
  );

  it('is the page’s own where the worker can’t be posted it, and only that', async () => {
    const { worker, posted, say } = fakeWorker();
    const post = vi.spyOn(worker, 'postMessage').mockImplementationOnce(() => {
      throw new DOMException('no room', 'DataCloneError');
    });
    const work = new InWorker(() => worker, byPage);
    expect(await work.ask('a')).toBe('a, by the page');
    const next = work.ask('b');
    expect(post).toHaveBeenCalledTimes(2);
    say({ id: posted[0]!.id, made: 'b, done' });
    expect(await next).toBe('b, done');
  });

  it('is done again by the page where the worker could not do it, which rejects with the reason', async () => {
    const { worker, posted, say } = fakeWorker();
    const work = new InWorker(() => worker, byPage);
    const [good, bad] = [work.ask('a'), work.ask('bad')];
    for (const { id } of posted) say({ id });
    expect(await good).toBe('a, by the page');
    await expect(bad).rejects.toThrow('It can’t be done.');
    const next = work.ask('b');
    say({ id: posted[2]!.id, made: 'b, done' });
    expect(await next).toBe('b, done');
  });
});
