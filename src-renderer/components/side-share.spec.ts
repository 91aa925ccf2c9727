import { describe, expect, it } from 'vitest';
import { keptShare, sideShare } from './side-share.ts';

describe('the side panel', () => {
  it.each([1280, 1920, 2560, 3840])('has room for its fields and no more on a window %i wide', (width) => {
    const { min, start } = sideShare(width);
    expect((min * width) / 100).toBeCloseTo(282, 6);
    expect((start * width) / 100).toBeGreaterThanOrEqual(282);
    expect((start * width) / 100).toBeLessThanOrEqual(440);
  });

  it('keeps the width it was given when its window grows, and its bounds when there is no room', () => {
    expect((keptShare(300, 3840) * 3840) / 100).toBeCloseTo(300, 6);
    expect((keptShare(300, 1280) * 1280) / 100).toBeCloseTo(300, 6);
    expect(keptShare(1200, 1280)).toBe(sideShare(1280).max);
    expect(keptShare(10, 1280)).toBe(sideShare(1280).min);
  });

  it('leaves the pictures the most of a narrow window', () => {
    expect(sideShare(600)).toMatchObject({ min: 40, start: 40 });
  });
});
