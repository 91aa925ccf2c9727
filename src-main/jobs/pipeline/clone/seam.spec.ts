import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringAround, seamWeights } from './seam.ts';

const size = { width: 9, height: 7 };
const masks = fc.uint8Array({ min: 0, max: 1, minLength: 63, maxLength: 63 });

describe('the ring around a region', () => {
  it('is what lies outside it within three pixels, diagonals included', () => {
    fc.assert(
      fc.property(masks, (inside) => {
        const ring = ringAround(inside, size);
        for (let i = 0; i < 63; i++) {
          const [x, y] = [i % 9, Math.floor(i / 9)];
          const isNear = inside.some(
            (marked, k) =>
              marked === 1 && Math.max(Math.abs((k % 9) - x), Math.abs(Math.floor(k / 9) - y)) <= 3,
          );
          expect(ring[i]).toBe(inside[i] === 0 && isNear ? 1 : 0);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('the weights of a clone', () => {
  it('are largest along the seam and never 0', () => {
    const inside = new Uint8Array(63);
    inside[0] = 1;
    const weights = seamWeights(inside, size);
    expect(weights[1]).toBeGreaterThan(weights[0]!);
    expect(weights[0]).toBeGreaterThan(weights[62]!);
    expect(weights.every((weight) => weight > 0)).toBe(true);
  });
});
