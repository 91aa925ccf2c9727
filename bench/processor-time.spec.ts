import { describe, expect, it } from 'vitest';
import { secondsIn } from './processor-time.ts';

describe('processor seconds of a process', () => {
  it('are its user and system time, whatever its name', () => {
    const rest = 'S 1 2 3 0 -1 4194560 10 20 30 40 1250 75 9 9 20 0 11 0 555';
    expect(secondsIn(`4242 (node) ${rest}`)).toBe(13.25);
    expect(secondsIn(`4242 (a (b) c) ${rest}`)).toBe(13.25);
  });
});
