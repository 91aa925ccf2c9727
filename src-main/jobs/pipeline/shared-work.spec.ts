import { describe, expect, it, vi } from 'vitest';
import { SharedWork } from './shared-work.ts';
import type { Told } from './told.ts';

function setUp() {
  let [finish, fail] = [(_: string): void => undefined, (_: Error): void => undefined];
  let tell: Told = () => undefined;
  let ended: AbortSignal | undefined;
  const work = new SharedWork<string>((signal, told) => {
    [tell, ended] = [told, signal];
    return new Promise((resolve, reject) => ([finish, fail] = [resolve, reject]));
  });
  return {
    work,
    tell: (share: number) => tell(share),
    finish: (made: string) => finish(made),
    fail: (error: Error) => fail(error),
    isEnded: () => ended?.aborted,
  };
}

const never = new AbortController().signal;

describe('work that several wait for', () => {
  it('is told of to each, to who comes later from where it is', async () => {
    const { work, tell, finish } = setUp();
    const [early, late] = [vi.fn<Told>(), vi.fn<Told>()];
    const first = work.wait(never, early);
    tell(0.25);
    const second = work.wait(never, late);
    tell(0.5);
    finish('made');
    expect(await Promise.all([first, second])).toEqual(['made', 'made']);
    expect(early.mock.calls.flat()).toEqual([0, 0.25, 0.5]);
    expect(late.mock.calls.flat()).toEqual([0.25, 0.5]);
    expect(work.isDropped).toBe(false);
  });

  it('goes on while anybody waits, and ends with the last who leaves', async () => {
    const { work, isEnded } = setUp();
    const [first, second] = [new AbortController(), new AbortController()];
    const [a, b] = [first, second].map(({ signal }) => work.wait(signal, () => undefined));
    first.abort();
    await expect(a).rejects.toMatchObject({ code: 'cancelled' });
    expect([work.isDropped, isEnded()]).toEqual([false, false]);
    second.abort();
    await expect(b).rejects.toMatchObject({ code: 'cancelled' });
    expect([work.isDropped, isEnded()]).toEqual([true, true]);
  });

  it('fails for all who wait', async () => {
    const { work, fail } = setUp();
    const waiting = [1, 2].map(() => work.wait(never, () => undefined));
    fail(new Error('No room.'));
    for (const one of waiting) await expect(one).rejects.toThrow('No room.');
  });

  it('is not waited for by who does not want it any more', async () => {
    const { work } = setUp();
    await expect(work.wait(AbortSignal.abort(), () => undefined)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(work.isDropped).toBe(true);
  });
});
