import { describe, expect, it } from 'vitest';
import { operators } from '../../src-shared/model/field.ts';
import { derivativesOf, directionOf, magnitudeOf } from './derivatives.ts';
import { gradientOf } from './gradient.ts';
import { laplacianOf } from './laplacian.ts';
import { largestDifference, noiseRaster, plus, rasterOf } from './testing.ts';

describe('derivativesOf', () => {
  it('is spectral where nothing else is asked for', () => {
    const image = noiseRaster({ width: 10, height: 7 }, 3, 1);
    const { dx, dy } = gradientOf(image, 'spectral');
    expect(derivativesOf(image)).toEqual({ dx, dy, laplacian: laplacianOf(image, 'spectral').laplacian });
  });

  it.each(operators)('does not see a constant with %s', (operator) => {
    const image = noiseRaster({ width: 10, height: 7 }, 3, 1);
    expect(derivativesOf(plus(image, 0.5), operator)).toEqual(derivativesOf(image, operator));
  });

  it('takes half-pixel differences about each centre with staggered', () => {
    const k = (Math.PI * 3) / 16;
    const image = rasterOf({ width: 16, height: 8 }, 1, (x) => Math.cos(k * (x + 0.5)));
    const { dx, dy } = derivativesOf(image, 'staggered');
    const expected = Array.from({ length: 128 }, (_, i) => {
      const centre = (i % 16) + 0.5;
      return 8 * (Math.cos(k * (centre + 0.5)) - Math.cos(k * (centre - 0.5)));
    });
    expect(largestDifference(dx, expected)).toBeLessThan(1e-5);
    expect(largestDifference(dy, new Float64Array(128))).toBeLessThan(1e-5);
  });

  it.each(['staggered', 'sobel'] as const)('is the 5-point Laplacian inside, with %s', (operator) => {
    const image = noiseRaster({ width: 10, height: 7 }, 1, 1);
    const { laplacian } = laplacianOf(image, operator);
    derivativesOf(image, operator).laplacian.forEach((value, i) => {
      const [x, y] = [i % 10, Math.floor(i / 10)];
      if (x > 0 && y > 0 && x < 9 && y < 6) expect(value).toBe(laplacian[i]);
    });
  });

  it('lets nothing flow through the border of the 5-point Laplacian', () => {
    const image = noiseRaster({ width: 10, height: 7 }, 1, 1);
    const sum = derivativesOf(image, 'staggered').laplacian.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum)).toBeLessThan(1e-11);
  });

  it('has magnitude and direction, downwards being +y', () => {
    const field = { dx: Float64Array.of(3, 0, -1, 0), dy: Float64Array.of(4, 2, 0, 0) };
    expect([...magnitudeOf(field)]).toEqual([5, 2, 1, 0]);
    expect([...directionOf(field)]).toEqual([Math.atan2(4, 3), Math.PI / 2, Math.PI, 0]);
  });
});
