import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { importanceOf } from './importance.ts';

const MOST = 40;
const weights = fc.array(fc.float({ min: 0, max: 4, noNaN: true }), { minLength: MOST, maxLength: MOST });
const densities = fc.array(fc.float({ min: Math.fround(0.35), max: 1, noNaN: true }), {
  minLength: MOST,
  maxLength: MOST,
});

/** What each sample counts in the mean over all epochs. */
function means({ shares, counts }: NonNullable<ReturnType<typeof importanceOf>>): number[] {
  return Array.from(shares, (share, i) => share * counts(i));
}

describe('the importance of samples', () => {
  it('is none where all weigh the same and are drawn as densely', () => {
    expect(importanceOf()).toBeUndefined();
  });

  it('leaves each what it weighs, on average, however often it is drawn', () => {
    fc.assert(
      fc.property(weights, densities, (weight, density) => {
        const mean = means(importanceOf(Float32Array.from(weight), Float32Array.from(density))!);
        const one = mean.reduce((a, b) => a + b, 0) / (weight.reduce((a, b) => a + b, 0) || 1);
        mean.forEach((m, i) => expect(m).toBeCloseTo(weight[i]! * one, 3));
      }),
    );
  });

  it('keeps the mean of what is drawn, so that density alone changes no loss', () => {
    fc.assert(
      fc.property(densities, (density) => {
        const importance = importanceOf(undefined, Float32Array.from(density))!;
        const drawn = importance.shares.reduce((a, b) => a + b, 0);
        expect(means(importance).reduce((a, b) => a + b, 0) / drawn).toBeCloseTo(1);
      }),
    );
  });

  it('draws what is dense more often, what is light more rarely, and everything sometimes', () => {
    const density = Float32Array.of(1, 0.5, 1, 1, 1);
    const { shares } = importanceOf(Float32Array.of(1, 1, 0.25, 0, 7), density)!;
    expect([...shares]).toEqual([255, 128, 64, 16, 255]);
  });
});
