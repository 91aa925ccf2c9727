import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operator, Supervision } from '../../../src-shared/model/field.ts';
import { average } from '../average.ts';
import { gradientOf } from '../gradient.ts';
import { laplacianOf } from '../laplacian.ts';
import type { Raster } from '../raster.ts';
import { centred, largestDifference, noiseRaster, rasterOf } from '../testing.ts';
import { exactSolution } from './exact-solution.ts';

const never = new AbortController().signal;
const fieldOf = (image: Raster, operator: Operator, supervision: Supervision) =>
  supervision === 'gradient' ? gradientOf(image, operator) : laplacianOf(image, operator);
const solve = (image: Raster, operator: Operator, supervision: Supervision): Float64Array =>
  exactSolution(never, { field: fieldOf(image, operator, supervision) });

const lossless = [
  ['staggered', 'gradient'],
  ['spectral', 'gradient'],
  ['staggered', 'laplacian'],
  ['spectral', 'laplacian'],
  ['sobel', 'laplacian'],
] as const;

describe('exactSolution', () => {
  it.each(lossless)('gives any image back, but for a constant, from its %s %s', (operator, supervision) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom(1 as const, 3 as const),
        fc.integer(),
        (width, height, channels, seed) => {
          const image = noiseRaster({ width, height }, channels, seed);
          const expected = centred(image.data, channels);
          expect(largestDifference(solve(image, operator, supervision), expected)).toBeLessThan(1e-11);
        },
      ),
      { seed: 14 },
    );
  });

  it.each(lossless)(
    'gives a large image with an awkward side back from its %s %s',
    (operator, supervision) => {
      const image = noiseRaster({ width: 227, height: 600 }, 1, 5);
      const expected = centred(image.data, 1);
      expect(largestDifference(solve(image, operator, supervision), expected)).toBeLessThan(1e-9);
    },
  );

  it('gives a harmonic cubic back from nothing but the gradient on its border', () => {
    const image = rasterOf({ width: 9, height: 11 }, 1, (x, y) => (x ** 3 - 3 * x * y * y) / 256);
    const field = laplacianOf(image, 'staggered');
    expect(field.laplacian.every((value) => value === 0)).toBe(true);
    expect(largestDifference(exactSolution(never, { field }), centred(image.data, 1))).toBeLessThan(1e-11);
  });

  it('gives a cosine back from its sobel gradient damped by what the operator leaves of it', () => {
    const k = (Math.PI * 2) / 32;
    const image = rasterOf({ width: 32, height: 16 }, 1, (x) => Math.cos(k * (x + 0.5)));
    const solution = solve(image, 'sobel', 'gradient');
    const kept = Math.sin(k) / k;
    expect(
      largestDifference(
        solution,
        image.data.map((value) => kept * value),
      ),
    ).toBeLessThan(1e-6);
  });

  it('minimises the squared distance to a field that is no gradient', () => {
    const size = { width: 7, height: 6 };
    const field = {
      ...gradientOf(noiseRaster(size, 1, 1), 'staggered'),
      dy: gradientOf(noiseRaster(size, 1, 2), 'staggered').dy,
    };
    const distance = (values: Float64Array): number => {
      const { dx, dy } = gradientOf({ ...size, channels: 1, data: values as never }, 'staggered');
      return dx.reduce((sum, v, i) => sum + (v - field.dx[i]!) ** 2 + (dy[i]! - field.dy[i]!) ** 2, 0);
    };
    const solution = exactSolution(never, { field });
    const least = distance(solution);
    for (let i = 0; i < solution.length; i++) {
      for (const step of [-1e-3, 1e-3]) {
        const other = solution.slice();
        other[i]! += step;
        expect(distance(other)).toBeGreaterThan(least);
      }
    }
  });

  it.each([
    ['staggered', 'gradient'],
    ['spectral', 'gradient'],
    ['staggered', 'laplacian'],
    ['spectral', 'laplacian'],
  ] as const)('solves the α-fusion of two images’ %s %ss as α·A + (1−α)·B', (operator, supervision) => {
    const size = { width: 20, height: 15 };
    const a = noiseRaster(size, 3, 1);
    const b = noiseRaster(size, 3, 2);
    const field = average(fieldOf(a, operator, supervision), fieldOf(b, operator, supervision), 0.3);
    const expected = centred(
      Array.from(a.data, (value, i) => 0.3 * value + 0.7 * b.data[i]!),
      3,
    );
    expect(largestDifference(exactSolution(never, { field }), expected)).toBeLessThan(1e-11);
  });

  it('refuses to begin once aborted', () => {
    const field = gradientOf(noiseRaster({ width: 4, height: 4 }, 1, 1), 'staggered');
    expect(() => exactSolution(AbortSignal.abort(), { field })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('refuses a seam around a field that is not staggered', () => {
    const image = noiseRaster({ width: 4, height: 4 }, 1, 1);
    const seam = { inside: new Uint8Array(16), target: gradientOf(image, 'staggered') };
    const field = gradientOf(image, 'spectral');
    expect(() => exactSolution(never, { field, seam })).toThrow(
      expect.objectContaining({ code: 'bad-option' }),
    );
  });
});
