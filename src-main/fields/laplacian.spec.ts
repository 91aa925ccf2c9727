import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operators } from '../../src-shared/model/field.ts';
import { laplacianOf } from './laplacian.ts';
import { largestDifference, noiseRaster, plus, rasterOf } from './testing.ts';

const isInterior = (i: number, width: number, height: number): boolean => {
  const x = i % width;
  const y = Math.floor(i / width);
  return x > 0 && y > 0 && x < width - 1 && y < height - 1;
};

describe('laplacianOf', () => {
  it.each(operators)('leaves a %s field as it was, to the bit, when a constant is added', (operator) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: -256, max: 256 }),
        fc.integer(),
        (width, height, steps, seed) => {
          const image = noiseRaster({ width, height }, 3, seed);
          expect(laplacianOf(plus(image, steps / 256), operator)).toEqual(laplacianOf(image, operator));
        },
      ),
      { seed: 13 },
    );
  });

  it('is 4 for x² + y² in domain units on interior pixels and 0 on the outermost ring', () => {
    const { laplacian } = laplacianOf(
      rasterOf({ width: 16, height: 12 }, 1, (x, y) => (x * x + y * y) / 64),
      'staggered',
    );
    laplacian.forEach((value, i) => expect(value).toBe(isInterior(i, 16, 12) ? 4 : 0));
  });

  it.each([
    ['x² − y²', (x: number, y: number) => x * x - y * y],
    ['x³ − 3xy²', (x: number, y: number) => x ** 3 - 3 * x * y * y],
    ['xy', (x: number, y: number) => x * y],
  ])('vanishes exactly for the harmonic %s', (_, f) => {
    const { laplacian } = laplacianOf(
      rasterOf({ width: 9, height: 11 }, 1, (x, y) => f(x, y) / 256),
      'staggered',
    );
    expect(laplacian.every((value) => value === 0)).toBe(true);
  });

  it('gives the differences across the border half a pixel inside, signed along +x and +y', () => {
    const { border } = laplacianOf(
      rasterOf({ width: 8, height: 6 }, 1, (x, y) => (x * x + 2 * y * y) / 256),
      'staggered',
    );
    const perUnit = 4 / 256;
    expect(border.inset).toBe(0.5);
    expect([...border.left]).toEqual(new Array(6).fill(1 * perUnit));
    expect([...border.right]).toEqual(new Array(6).fill((49 - 36) * perUnit));
    expect([...border.top]).toEqual(new Array(8).fill(2 * perUnit));
    expect([...border.bottom]).toEqual(new Array(8).fill(2 * (25 - 16) * perUnit));
  });

  it('is the same for sobel as for staggered but for its name', () => {
    const image = noiseRaster({ width: 7, height: 5 }, 3, 1);
    const { operator, ...rest } = laplacianOf(image, 'sobel');
    expect(operator).toBe('sobel');
    expect({ ...rest, operator: 'staggered' }).toEqual(laplacianOf(image, 'staggered'));
  });

  it('has cosines as eigenfunctions, and no normal gradient at the edge, with spectral', () => {
    const kx = (Math.PI * 3) / 12;
    const ky = (Math.PI * 2) / 9;
    const image = rasterOf(
      { width: 12, height: 9 },
      1,
      (x, y) => Math.cos(kx * (x + 0.5)) * Math.cos(ky * (y + 0.5)),
    );
    const { laplacian, border } = laplacianOf(image, 'spectral');
    const eigenvalue = -36 * (kx * kx + ky * ky);
    expect(
      largestDifference(
        laplacian,
        image.data.map((value) => eigenvalue * value),
      ),
    ).toBeLessThan(1e-4);
    expect(border.inset).toBe(-0.5);
    const all = [...border.left, ...border.right, ...border.top, ...border.bottom];
    expect(all).toEqual(new Array(2 * 12 + 2 * 9).fill(0));
  });

  it('keeps the second differences along an image that is one pixel wide', () => {
    const { laplacian } = laplacianOf(
      rasterOf({ width: 1, height: 8 }, 1, (_, y) => (y * y) / 64),
      'staggered',
    );
    expect([...laplacian]).toEqual([0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0]);
  });
});
