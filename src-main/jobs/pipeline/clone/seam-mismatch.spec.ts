import { describe, expect, it } from 'vitest';
import { seamMismatch } from './seam-mismatch.ts';

const raster = (data: readonly number[]) =>
  ({ width: 4, height: 3, channels: 1, data: Float32Array.from(data) }) as const;
const middle = Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
const target = raster([1, 1, 1, 1, 1, 0.75, 0.5, 1, 1, 1, 1, 1]);

describe('the mismatch along a seam', () => {
  it('is target less source beside each edge of the outline', () => {
    const { edges, rms, mean } = seamMismatch(target, raster(new Array<number>(12).fill(0.5)), middle);
    // Two pixels, three outer edges each: 0.25 at the first, 0 at the second.
    expect(edges).toHaveLength(6);
    expect(edges.filter(({ mismatch }) => mismatch > 0)).toHaveLength(3);
    expect(edges).toContainEqual({ x1: 1, y1: 1, x2: 1, y2: 2, mismatch: 0.25 });
    expect(rms).toBeCloseTo(Math.sqrt(0.5 * 0.25 ** 2), 7);
    expect(mean[0]).toBeCloseTo(0.125, 7);
  });

  it('that is the same all along has no spread, however large', () => {
    const { rms, spread } = seamMismatch(raster(target.data.map((v) => v + 0.3) as never), target, middle);
    expect(rms).toBeCloseTo(0.3, 6);
    expect(spread).toBeLessThan(1e-6);
  });

  it('has no seam at the edge of the picture', () => {
    const whole = new Uint8Array(12).fill(1);
    expect(seamMismatch(target, raster(new Array<number>(12).fill(0)), whole)).toEqual({
      edges: [],
      rms: 0,
      spread: 0,
      mean: [0],
    });
  });
});
