import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { until } from '../../tests/until.ts';
import { LiveSize } from './live-size.ts';
import { Solving } from './solving.ts';

/** A host that solves when the test says so, and gives up what is cancelled. */
function setUp() {
  const wished = { wantsSolution: false, wantsDetail: false };
  const asked: { size: number; done: () => void }[] = [];
  const solve = (size: number, signal: AbortSignal) =>
    new Promise<number | null>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new SeamfieldError('cancelled', 'Cancelled.')));
      asked.push({ size, done: () => resolve(size) });
    });
  return { wished, asked, solving: new Solving(wished, new LiveSize(), solve, () => 0) };
}

describe('keeping the exact solution up to date', () => {
  it('solves again as long as it is not that of the moment, one at a time', async () => {
    const { wished, asked, solving } = setUp();
    wished.wantsSolution = true;
    const first = solving.follow();
    await solving.follow();
    expect(asked).toHaveLength(1);
    asked[0]!.done();
    await until(() => expect(asked).toHaveLength(2));
    wished.wantsSolution = false;
    asked[1]!.done();
    await first;
    expect(asked.map(({ size }) => size)).toEqual([384, 384]);
  });

  it('gives a solution at rest up as soon as something moves, and solves that instead', async () => {
    const { wished, asked, solving } = setUp();
    wished.wantsDetail = true;
    const refining = solving.refine();
    expect(asked.map(({ size }) => size)).toEqual([1024]);
    Object.assign(wished, { wantsDetail: false, wantsSolution: true });
    await solving.follow();
    // The one at rest is never answered.
    await until(() => expect(asked.map(({ size }) => size)).toEqual([1024, 384]));
    wished.wantsSolution = false;
    asked[1]!.done();
    await refining;
  });

  it('is at rest in the end where it was given up for a move that was taken back', async () => {
    const { wished, asked, solving } = setUp();
    wished.wantsDetail = true;
    const refining = solving.refine();
    wished.wantsSolution = true;
    const following = solving.follow();
    wished.wantsSolution = false;
    // Rested again before the host has given the first one up.
    const again = solving.refine();
    await until(() => expect(asked.map(({ size }) => size)).toEqual([1024, 1024]));
    asked[1]!.done();
    await Promise.all([refining, following, again]);
  });

  it('tells of an error that is none of giving up', async () => {
    const { wished, solving } = setUp();
    wished.wantsDetail = true;
    const failing = new Solving(wished, new LiveSize(), () => Promise.reject(new Error('No room.')));
    await expect(failing.refine()).rejects.toThrow('No room.');
    wished.wantsDetail = false;
    await solving.refine();
  });
});
