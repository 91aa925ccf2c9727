import { describe, expect, it } from 'vitest';
import { isNewPatch } from './work-state.ts';

describe('a patch of a mask', () => {
  // 3 across, 2 down.
  const masks = new Map([['a', { width: 3, height: 2, data: Uint8Array.of(0, 1, 2, 3, 4, 5) }]]);
  const patch = { layerId: 'a', x: 1, y: 0, width: 2, height: 2, data: Uint8Array.of(1, 2, 4, 5) };

  it('that puts there what is there is nothing new', () => {
    expect(isNewPatch({ masks }, patch)).toBe(false);
  });

  it('is new by a single value, on a layer without a mask, and where it does not fit', () => {
    expect(isNewPatch({ masks }, { ...patch, data: Uint8Array.of(1, 2, 4, 6) })).toBe(true);
    expect(isNewPatch({ masks }, { ...patch, x: 0 })).toBe(true);
    expect(isNewPatch({ masks }, { ...patch, layerId: 'b' })).toBe(true);
    expect(isNewPatch({ masks }, { ...patch, x: 2 })).toBe(true);
  });
});
