import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference, noiseRaster } from '../testing.ts';
import { Reduction, sideOf, type Side } from './reduction.ts';

const sides = fc
  .record({ full: fc.integer({ min: 2, max: 40 }), share: fc.double({ min: 0.05, max: 1, noNaN: true }) })
  .map(({ full, share }) => ({ full, working: Math.max(1, Math.round(full * share)) }));

/** A picture of one channel, its rows added one by one. */
function reduced(
  data: Float32Array,
  width: number,
  across: Side['values'],
  down: Side['values'],
): Float64Array {
  const reduction = new Reduction(across, down);
  for (let y = 0; y < data.length / width; y++) reduction.add(y, data, y * width);
  return reduction.data;
}

describe('reduction by rows', () => {
  it('makes of differences the differences of the reduced values', () => {
    fc.assert(
      fc.property(sides, sides, fc.nat(), (x, y, seed) => {
        const [width, height] = [x.full, y.full];
        const { data } = noiseRaster({ width, height }, 1, seed);
        const [across, down] = [sideOf(width, x.working), sideOf(height, y.working)];
        const values = reduced(data, width, across.values, down.values);
        const dx = data.map((value, i) => ((i + 1) % width === 0 ? 0 : data[i + 1]! - value));
        const dy = data.map((value, i) => (i + width >= data.length ? 0 : data[i + width]! - value));
        const [w, h] = [x.working, y.working];
        const wantedX = values.map((value, i) => ((i + 1) % w === 0 ? 0 : values[i + 1]! - value));
        const wantedY = values.map((value, i) => (i + w >= w * h ? 0 : values[i + w]! - value));
        expect(largestDifference(reduced(dx, width, across.differences, down.values), wantedX)).toBeLessThan(
          1e-6,
        );
        expect(largestDifference(reduced(dy, width, across.values, down.differences), wantedY)).toBeLessThan(
          1e-6,
        );
      }),
    );
  });

  it('keeps a constant, and all values where nothing is reduced', () => {
    fc.assert(
      fc.property(sides, sides, (x, y) => {
        const flat = new Float32Array(x.full * y.full).fill(0.25);
        const found = reduced(
          flat,
          x.full,
          sideOf(x.full, x.working).values,
          sideOf(y.full, y.working).values,
        );
        expect(largestDifference(found, new Float64Array(found.length).fill(0.25))).toBeLessThan(1e-12);
      }),
    );
    const { data } = noiseRaster({ width: 9, height: 7 }, 1, 4);
    const found = reduced(data, 9, sideOf(9, 9).values, sideOf(7, 7).values);
    expect(largestDifference(found, data)).toBeLessThan(1e-12);
  });

  it('reduces a part on the pixels that the whole has there', () => {
    const { data } = noiseRaster({ width: 60, height: 1 }, 1, 7);
    const one = sideOf(1, 1).values;
    const whole = reduced(data, 60, sideOf(60, 20).values, one);
    const part = sideOf(60, 20, 15, 36);
    const found = reduced(data.slice(15, 51), 36, part.values, one);
    // Away from the part's ends, where its last pixels stand in for what lies beyond.
    for (let i = 5; i < part.count - 5; i++) expect(found[i]).toBeCloseTo(whole[part.first + i]!, 12);
  });
});
