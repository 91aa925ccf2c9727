import { describe, expect, it } from 'vitest';

import { freeFormMask, mirrored } from './solver-scene.ts';

describe('the scene of the exact solver', () => {
  it('repeats a picture by reflection', () => {
    const tile = Uint8Array.from([1, 2, 3, 4].flatMap((value) => [value, 10 * value, 0]));
    const red = mirrored(tile, 2, 5).filter((_, i) => i % 3 === 0);
    expect([...red.subarray(0, 5)]).toEqual([1, 2, 2, 1, 1]);
    expect([...red.subarray(10, 15)]).toEqual([3, 4, 4, 3, 3]);
    expect([...red.subarray(20, 25)]).toEqual([1, 2, 2, 1, 1]);
  });

  it('has a mask of as many pixels as asked for, clear of the border', () => {
    const side = 1024;
    const mask = freeFormMask(side, 620_000);
    const inside = mask.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
    expect(Math.abs(inside / 620_000 - 1)).toBeLessThan(1e-3);
    const edge = [...mask.keys()].filter((i) => i < side || i % side === 0 || i % side === side - 1);
    expect(edge.every((i) => mask[i] === 0)).toBe(true);
  });
});
