import { describe, expect, it } from 'vitest';
import { LiveSize } from './live-size.ts';

/** Frames on a machine that takes `ms` for one of 384 pixels, `fixed` of it at any size. */
function after(frames: number, ms: number, fixed = 0, size = new LiveSize()): LiveSize {
  for (let i = 0; i < frames; i++) {
    const { current } = size;
    size.took(fixed + (ms - fixed) * (current / 384) ** 2, current);
  }
  return size;
}

describe('the size of live previews', () => {
  it('is the largest where the machine keeps up', () => {
    expect(new LiveSize().current).toBe(384);
    expect(after(20, 40).current).toBe(384);
  });

  it('settles where a frame takes a twentieth of a second', () => {
    const { current } = after(20, 200, 20);
    const ms = 20 + 180 * (current / 384) ** 2;
    expect(ms).toBeLessThan(56);
    expect(ms).toBeGreaterThan(42);
  });

  it('is never so small that nothing could be told from it', () => {
    expect(after(20, 10_000).current).toBe(128);
  });

  it('comes back once the machine has time again', () => {
    expect(after(20, 40, 0, after(20, 1000)).current).toBe(384);
  });

  it('learns from a slow frame of a small region, and nothing from a quick one', () => {
    const size = after(20, 400);
    const { current } = size;
    size.took(5, 40);
    expect(size.current).toBe(current);
    size.took(100, 100);
    expect(size.current).toBe(128);
  });
});
