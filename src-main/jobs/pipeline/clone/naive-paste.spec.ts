import { describe, expect, it } from 'vitest';
import { pasteNaively } from './naive-paste.ts';

const target = { width: 3, height: 2, channels: 1, data: new Float32Array(6).fill(0.2) } as const;
const window = { x: 10, y: 20, width: 3, height: 2 };

describe('a naive paste', () => {
  it('puts a source where it lies on the window, as opaque as its mask is', () => {
    const source = { width: 2, height: 1, channels: 1, data: Float32Array.of(0.6, 1) } as const;
    const layer = { source, mask: { data: Float32Array.of(1, 0.5) }, at: { x: 11, y: 21 } };
    const { opaque, blended } = pasteNaively(target, window, [layer]);
    const rounded = (data: Float32Array) => [...data].map((value) => Math.round(100 * value) / 100);
    expect(rounded(blended.data)).toEqual([0.2, 0.2, 0.2, 0.2, 0.6, 0.6]);
    expect(rounded(opaque.data)).toEqual([0.2, 0.2, 0.2, 0.2, 0.6, 1]);
    expect(rounded(target.data)).toEqual([0.2, 0.2, 0.2, 0.2, 0.2, 0.2]);
  });

  it('lets the topmost layer win, and leaves out what lies beside the window', () => {
    const source = { width: 4, height: 4, channels: 1, data: new Float32Array(16).fill(0.9) } as const;
    const all = { data: new Float32Array(16).fill(1) };
    const above = { ...source, data: new Float32Array(16).fill(0.4) };
    const { opaque } = pasteNaively(target, window, [
      { source, mask: all, at: { x: 8, y: 18 } },
      { source: above, mask: all, at: { x: 11, y: 17 } },
    ]);
    // The lower one reaches to x = 11, the upper one from there on but down to y = 20 only.
    const expected = [0.9, 0.4, 0.4, 0.9, 0.9, 0.2];
    opaque.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });

  it('shows a colour source on a grey target by its luminance', () => {
    const source = { width: 1, height: 1, channels: 3, data: Float32Array.of(1, 0, 0) } as const;
    const layer = { source, mask: { data: Float32Array.of(1) }, at: { x: 10, y: 20 } };
    expect(pasteNaively(target, window, [layer]).opaque.data[0]).toBeCloseTo(0.2126, 6);
  });
});
