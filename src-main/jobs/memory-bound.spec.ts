import { describe, expect, it } from 'vitest';
import { isOutgrown, memoryBound } from './memory-bound.ts';

const GiB = 2 ** 30;

describe('the memory of a process', () => {
  it('is bounded by three quarters of the machine’s, or by what the environment says in mebibytes', () => {
    expect(memoryBound(16 * GiB, undefined)).toBe(12 * GiB);
    expect(memoryBound(16 * GiB, '512')).toBe(GiB / 2);
    for (const nonsense of ['', 'much', '-1', '0']) expect(memoryBound(16 * GiB, nonsense)).toBe(12 * GiB);
  });

  it('is too much beyond its bound, whatever is left', () => {
    const use = { available: 9 * GiB, total: 16 * GiB };
    expect(isOutgrown({ ...use, resident: 2 * GiB }, 2 * GiB)).toBe(false);
    expect(isOutgrown({ ...use, resident: 2 * GiB + 1 }, 2 * GiB)).toBe(true);
  });

  it('is too much on a machine that is as good as full, if it is this process that fills it', () => {
    const full = { available: GiB / 2, total: 16 * GiB };
    expect(isOutgrown({ ...full, resident: 5 * GiB }, 12 * GiB)).toBe(true);
    // Somebody else fills it, and would go on.
    expect(isOutgrown({ ...full, resident: 2 * GiB }, 12 * GiB)).toBe(false);
    expect(isOutgrown({ ...full, available: GiB, resident: 5 * GiB }, 12 * GiB)).toBe(false);
    expect(isOutgrown({ ...full, available: Infinity, resident: 5 * GiB }, 12 * GiB)).toBe(false);
  });
});
