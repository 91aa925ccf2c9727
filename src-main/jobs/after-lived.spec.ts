import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterLived } from './after-lived.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what is due after seconds of life is not due after a sleep, and not once it is called off', async () => {
  const [due, calledOff] = [vi.fn(), vi.fn()];
  afterLived(3, due);
  const callOff = afterLived(3, calledOff);
  await vi.advanceTimersByTimeAsync(1000);
  // Timers of a process that stood still fire once, however late.
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(due).not.toHaveBeenCalled();
  callOff();
  await vi.advanceTimersByTimeAsync(5000);
  expect(due).toHaveBeenCalledOnce();
  expect(calledOff).not.toHaveBeenCalled();
});
