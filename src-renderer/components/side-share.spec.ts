import { describe, expect, it } from 'vitest';
import { sideShare } from './side-share.ts';

describe('the side panel', () => {
  it.each([1280, 1920, 2560, 3840])('has room for its fields and no more on a window %i wide', (width) => {
    const { min, start } = sideShare(width);
    expect((min * width) / 100).toBeCloseTo(282, 6);
    expect((start * width) / 100).toBeGreaterThanOrEqual(282);
    expect((start * width) / 100).toBeLessThanOrEqual(440);
  });

  it('leaves the pictures the most of a narrow window', () => {
    expect(sideShare(600)).toEqual({ min: 40, start: 40 });
  });
});
