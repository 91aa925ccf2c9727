import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Mask } from '../../../src-shared/model/mask.ts';
import { cloneGuidance } from '../clone-guidance.ts';
import type { Raster } from '../raster.ts';
import { gradientOf } from '../gradient.ts';
import { centred, largestDifference, noiseRaster, rasterOf, seededRandom } from '../testing.ts';
import { exactSolution } from './exact-solution.ts';

const never = new AbortController().signal;
const size = { width: 14, height: 11 };

function randomMask(seed: number, share: number): Mask {
  const random = seededRandom(seed);
  return { ...size, data: Float32Array.from({ length: 154 }, () => Number(random() < share)) };
}

function clone(target: Raster, source: Raster, mask: Mask) {
  const layer = { source, mask, placement: { x: 0, y: 0 }, mode: 'import', alpha: 1 } as const;
  const guidance = cloneGuidance({ target, layers: [layer], window: { x: 0, y: 0, ...size } });
  return { ...guidance, solution: exactSolution(never, guidance) };
}

describe('the exact solution of a clone', () => {
  it('is the target but for a constant outside the region, and satisfies the normal equations in it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.02, max: 0.98, noNaN: true }), (seed, share) => {
        const target = noiseRaster(size, 1, seed);
        const mask = randomMask(seed + 1, share);
        fc.pre(mask.data.includes(1) && mask.data.includes(0));
        const { field, seam, solution } = clone(target, noiseRaster(size, 1, seed + 2), mask);
        const expected = centred(target.data, 1);
        const perUnit = 7;
        const own = gradientOf({ ...size, channels: 1, data: solution as never }, 'staggered');
        for (let i = 0; i < solution.length; i++) {
          if (seam.inside[i] === 0) {
            expect(Math.abs(solution[i]! - expected[i]!)).toBeLessThan(1e-12);
            continue;
          }
          const excess = (planar: 'dx' | 'dy', at: number): number =>
            (own[planar][at]! - field[planar][at]!) / perUnit;
          const x = i % size.width;
          const flow =
            excess('dx', i) -
            (x > 0 ? excess('dx', i - 1) : 0) +
            (excess('dy', i) - (i >= size.width ? excess('dy', i - size.width) : 0));
          expect(Math.abs(flow)).toBeLessThan(1e-6);
        }
      }),
      { seed: 15 },
    );
  });

  it('is the target where the source differs from it by a constant', () => {
    const target = noiseRaster(size, 3, 1);
    const source = { ...target, data: target.data.map((value) => value + 0.5) };
    const { solution } = clone(target, source, randomMask(2, 0.6));
    expect(largestDifference(solution, centred(target.data, 3))).toBeLessThan(1e-13);
  });

  it('adds a harmonic membrane to the source: a linear mismatch on the seam is met linearly', () => {
    const target = noiseRaster(size, 1, 1);
    const mismatch = (i: number): number => (3 * (i % 14) - 2 * Math.floor(i / 14)) / 256;
    const source = { ...target, data: target.data.map((value, i) => value - mismatch(i)) };
    const mask = {
      ...size,
      data: rasterOf(size, 1, (x, y) => Number(x > 2 && x < 11 && y > 1 && y < 8)).data,
    };
    const { solution } = clone(target, source, mask);
    expect(largestDifference(solution, centred(target.data, 1))).toBeLessThan(1e-8);
  });

  it('is the source, free by a constant, where the mask covers all of the target', () => {
    const source = noiseRaster(size, 3, 2);
    const { solution } = clone(noiseRaster(size, 3, 1), source, randomMask(1, 1));
    expect(largestDifference(solution, centred(source.data, 3))).toBeLessThan(1e-11);
  });

  it('follows the source freely to the image’s edge: a region across half the image continues the seam’s values', () => {
    const mask = { ...size, data: rasterOf(size, 1, (x) => Number(x >= 7)).data };
    const target = rasterOf(size, 1, (_, y) => y / 64);
    const source = rasterOf(size, 1, () => 0.5);
    const { solution } = clone(target, source, mask);
    const lastRow = solution.subarray(10 * 14);
    const middle = solution.subarray(5 * 14, 6 * 14);
    expect(lastRow[6]! - middle[6]!).toBeCloseTo(5 / 64, 12);
    // With a flat source the ramp on the seam fades towards the free edge, evenly about the middle row.
    for (let x = 7; x < 14; x++) {
      expect(lastRow[x]! - middle[x]!).toBeGreaterThan(0);
      expect(lastRow[x]! - middle[x]!).toBeLessThan(lastRow[x - 1]! - middle[x - 1]!);
      expect(middle[x]).toBeCloseTo(middle[6]!, 8);
    }
  });
});
