import { describe, expect, it } from 'vitest';
import { operators } from '../../src-shared/model/field.ts';
import { average } from './average.ts';
import { gradientOf } from './gradient.ts';
import { laplacianOf } from './laplacian.ts';
import { largestDifference, noiseRaster } from './testing.ts';

const size = { width: 7, height: 5 };
const a = noiseRaster(size, 3, 1);
const b = noiseRaster(size, 3, 2);
const both = { ...a, data: a.data.map((value, i) => 0.25 * value + 0.75 * b.data[i]!) };

describe('average', () => {
  it.each(operators)('is the %s gradient of α·A + (1−α)·B', (operator) => {
    const field = average(gradientOf(a, operator), gradientOf(b, operator), 0.25);
    const expected = gradientOf(both, operator);
    expect(largestDifference(field.dx, expected.dx)).toBeLessThan(1e-13);
    expect(largestDifference(field.dy, expected.dy)).toBeLessThan(1e-13);
  });

  it.each(operators)('is the %s Laplacian of α·A + (1−α)·B, border and all', (operator) => {
    const field = average(laplacianOf(a, operator), laplacianOf(b, operator), 0.25);
    const expected = laplacianOf(both, operator);
    expect(largestDifference(field.laplacian, expected.laplacian)).toBeLessThan(1e-12);
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      expect(largestDifference(field.border[side], expected.border[side])).toBeLessThan(1e-13);
    }
  });

  it('counts a grey field for all three channels beside a colour one', () => {
    const grey = noiseRaster(size, 1, 3);
    const replicated = { ...a, data: Float32Array.from([...grey.data, ...grey.data, ...grey.data]) };
    const colour = gradientOf(a, 'staggered');
    const field = average(gradientOf(grey, 'staggered'), colour, 0.25);
    expect(field.channels).toBe(3);
    expect(field).toEqual(average(gradientOf(replicated, 'staggered'), colour, 0.25));
  });

  it('refuses two sizes, two kinds or operators, and an α outside 0…1', () => {
    const field = gradientOf(a, 'staggered');
    const turned = gradientOf(noiseRaster({ width: 5, height: 7 }, 3, 1), 'staggered');
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => average(field, turned, 0.5)).toThrow(refused('size-mismatch'));
    expect(() => average(field, gradientOf(b, 'spectral'), 0.5)).toThrow(refused('bad-option'));
    expect(() =>
      average<typeof field | ReturnType<typeof laplacianOf>>(field, laplacianOf(b, 'staggered'), 0.5),
    ).toThrow(refused('bad-option'));
    expect(() => average(field, field, 1.5)).toThrow(refused('bad-option'));
    expect(() => average(field, field, Number.NaN)).toThrow(refused('bad-option'));
  });
});
