import { describe, expect, it } from 'vitest';
import { looksUnscaled, sizeBeside } from './interface-size.ts';

describe('the size of the interface', () => {
  it('goes up and down by what is offered, and no further', () => {
    expect(sizeBeside(100, 1)).toBe(125);
    expect(sizeBeside(100, -1)).toBe(100);
    expect(sizeBeside(200, 1)).toBe(200);
    expect(sizeBeside(150, -1)).toBe(125);
  });

  it('is worth a word on a large screen that nothing scales, and on no other', () => {
    expect(looksUnscaled({ width: 3840 }, 1)).toBe(true);
    expect(looksUnscaled({ width: 1920 }, 2)).toBe(false);
    expect(looksUnscaled({ width: 1920 }, 1)).toBe(false);
  });
});
