import { describe, expect, it } from 'vitest';
import { sideRange, sideWidth } from './side-width.ts';

describe('the side panel', () => {
  it('has room for its fields and no more, whatever the window', () => {
    expect([1100, 1280, 1920, 2560, 3840].map((width) => sideWidth(null, width))).toEqual([
      282, 307, 440, 440, 440,
    ]);
  });

  it('keeps the width it was given when its window grows, and its bounds where there is no room', () => {
    expect([1280, 3840].map((width) => sideWidth(320, width))).toEqual([320, 320]);
    expect(sideWidth(1200, 1280)).toBe(sideRange(1280).max);
    expect(sideWidth(10, 1280)).toBe(282);
  });

  it('leaves the pictures the most of a narrow window', () => {
    expect(sideWidth(null, 600)).toBe(270);
  });
});
