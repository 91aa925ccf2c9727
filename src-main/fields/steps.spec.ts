import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { atOnce, inTurns, type Steps } from './steps.ts';

function* counted(told: (step: number) => void, ended: () => void, steps = 5): Steps<string> {
  try {
    for (let step = 0; step < steps; step++) {
      told(step);
      yield;
    }
    return 'done';
  } finally {
    ended();
  }
}

const never = new AbortController().signal;

describe('steps', () => {
  it('are all done, at once or in turns', async () => {
    const [told, ended, turn] = [vi.fn<(step: number) => void>(), vi.fn(), vi.fn(() => nextTurn())];
    expect(atOnce(never, counted(told, ended))).toBe('done');
    expect(await inTurns(never, counted(told, ended), turn, 0)).toBe('done');
    expect(told.mock.calls.flat()).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect(ended).toHaveBeenCalledTimes(2);
    expect(turn).toHaveBeenCalledTimes(5);
  });

  it('are left between two of them by whoever raises the signal in a turn, and clean up', async () => {
    const own = new AbortController();
    const [told, ended] = [vi.fn<(step: number) => void>(), vi.fn()];
    const turn = () => {
      if (told.mock.calls.length === 3) own.abort();
      return nextTurn();
    };
    await expect(inTurns(own.signal, counted(told, ended), turn, 0)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(told.mock.calls.flat()).toEqual([0, 1, 2]);
    expect(ended).toHaveBeenCalledOnce();
    expect(() => atOnce(own.signal, counted(told, ended))).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
    expect(told).toHaveBeenCalledTimes(3);
  });
});
