import { describe, expect, it } from 'vitest';
import { atOnce } from '../steps.ts';
import { withRegionMemory as stepsIn, type RegionMemory } from './region-loops.ts';

/** What makes something of a memory in no more than one step. */
const withRegionMemory = <Result>(bytes: number, work: (memory: RegionMemory) => Result): Result =>
  atOnce(
    new AbortController().signal,
    stepsIn(bytes, function* (memory) {
      yield;
      return work(memory);
    }),
  );

describe('withRegionMemory', () => {
  it('says how much it needs where that is not to be had', () => {
    expect(() => withRegionMemory(2 ** 40, () => 0)).toThrow(
      expect.objectContaining({
        code: 'internal',
        message: expect.stringContaining('1048576 MiB') as string,
      }),
    );
  });

  it('has zeros for the next, whatever the last left and however it ended', () => {
    const leaving = () =>
      withRegionMemory(800, (memory) => {
        memory.plane(100).values.fill(1);
        throw new Error('left');
      });
    expect(leaving).toThrow('left');
    const whole = () => withRegionMemory(800, (memory) => memory.plane(100).values.slice());
    expect(whole()).toEqual(new Float64Array(100));
  });

  it('gives each its own, where one begins before another has ended, and takes back what is left behind', () => {
    const held = stepsIn(800, function* (memory) {
      const { values } = memory.plane(100);
      yield;
      return values.slice();
    });
    held.next();
    expect(withRegionMemory(800, (memory) => memory.plane(100).values.fill(1)[0])).toBe(1);
    expect(held.next()).toEqual({ done: true, value: new Float64Array(100) });
    const left = stepsIn(800, function* (memory) {
      memory.plane(100).values.fill(1);
      yield;
    });
    left.next();
    left.return(undefined);
    expect(withRegionMemory(800, (memory) => memory.plane(100).values.slice())).toEqual(
      new Float64Array(100),
    );
  });
});
