import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operators } from '../../src-shared/model/field.ts';
import { gradientOf } from './gradient.ts';
import { largestDifference, noiseRaster, plus, rasterOf } from './testing.ts';

describe('gradientOf', () => {
  it.each(operators)('leaves a %s field as it was, to the bit, when a constant is added', (operator) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: -256, max: 256 }),
        fc.integer(),
        (width, height, steps, seed) => {
          const image = noiseRaster({ width, height }, 3, seed);
          const before = gradientOf(image, operator);
          const after = gradientOf(plus(image, steps / 256), operator);
          expect(after.dx).toEqual(before.dx);
          expect(after.dy).toEqual(before.dy);
        },
      ),
      { seed: 11 },
    );
  });

  it.each(operators)('keeps channels apart with %s', (operator) => {
    const size = { width: 6, height: 5 };
    const image = rasterOf(size, 3, (x, y, c) => (c === 1 ? (x * y) / 32 : 0));
    const { dx } = gradientOf(image, operator);
    expect(dx.subarray(0, 30).some((value) => value !== 0)).toBe(false);
    expect(dx.subarray(30, 60).some((value) => value !== 0)).toBe(true);
    expect(dx.subarray(60).some((value) => value !== 0)).toBe(false);
  });

  it('has a ramp’s slope between all pixels, and zeros beyond the last, on the staggered grid', () => {
    const size = { width: 8, height: 5 };
    const { dx, dy } = gradientOf(
      rasterOf(size, 1, (x, y) => (3 * x - 2 * y) / 64),
      'staggered',
    );
    for (let i = 0; i < 40; i++) {
      expect(dx[i]).toBe(i % 8 === 7 ? 0 : (3 / 64) * 4);
      expect(dy[i]).toBe(i >= 32 ? 0 : (-2 / 64) * 4);
    }
  });

  it('has a ramp’s slope at inner pixels and, the border being replicated, half of it at the border, with sobel', () => {
    const size = { width: 8, height: 5 };
    const { dx, dy } = gradientOf(
      rasterOf(size, 1, (x, y) => (3 * x - 2 * y) / 64),
      'sobel',
    );
    for (let i = 0; i < 40; i++) {
      expect(dx[i]).toBe((i % 8 === 0 || i % 8 === 7 ? 0.5 : 1) * (3 / 64) * 4);
      expect(dy[i]).toBe((i < 8 || i >= 32 ? 0.5 : 1) * (-2 / 64) * 4);
    }
  });

  it('smooths across the derivative by 1, 2, 1 with sobel', () => {
    const { dx, dy } = gradientOf(
      rasterOf({ width: 5, height: 5 }, 1, (x, y) => Number(x === 2 && y === 2)),
      'sobel',
    );
    const weights = [1, 2, 1].map((weight) => (weight / 8) * 2.5);
    expect([6, 11, 16].map((i) => dx[i])).toEqual(weights);
    expect([8, 13, 18].map((i) => dx[i])).toEqual(weights.map((weight) => -weight));
    expect([6, 7, 8].map((i) => dy[i])).toEqual(weights);
  });

  it('differentiates cosines of the even extension exactly with spectral', () => {
    const size = { width: 12, height: 9 };
    const kx = (Math.PI * 3) / 12;
    const ky = (Math.PI * 2) / 9;
    const image = rasterOf(size, 1, (x, y) => Math.cos(kx * (x + 0.5)) * Math.cos(ky * (y + 0.5)));
    const { dx, dy } = gradientOf(image, 'spectral');
    const exact = (f: (x: number, y: number) => number): number[] =>
      Array.from({ length: 108 }, (_, i) => 6 * f((i % 12) + 0.5, Math.floor(i / 12) + 0.5));
    // The pixels themselves are rounded to 24 bits.
    expect(
      largestDifference(
        dx,
        exact((x, y) => -kx * Math.sin(kx * x) * Math.cos(ky * y)),
      ),
    ).toBeLessThan(1e-5);
    expect(
      largestDifference(
        dy,
        exact((x, y) => -ky * Math.cos(kx * x) * Math.sin(ky * y)),
      ),
    ).toBeLessThan(1e-5);
  });

  it.each(operators)('is zero for a single pixel with %s', (operator) => {
    const { dx, dy } = gradientOf(
      rasterOf({ width: 1, height: 1 }, 3, () => 0.5),
      operator,
    );
    expect([...dx, ...dy].every((value) => value === 0)).toBe(true);
  });
});
