import { describe, expect, it } from 'vitest';

import { densityOf } from './density.ts';

const size = { width: 128, height: 128 };
const plane = size.width * size.height;
const of = (u: (x: number, y: number) => number) =>
  Float64Array.from({ length: plane }, (_, i) => u(i % size.width, Math.floor(i / size.width)));

describe('the density of samples', () => {
  it('is 1 where the picture is far steeper than the mean, and 0.35 where it is flat', () => {
    const density = densityOf(
      of((x) => Math.max(0, x - 120)),
      size,
    )!;
    expect(density[5]).toBeCloseTo(0.35);
    expect(density[124]).toBe(1);
    expect(density).toHaveLength(plane);
  });

  it('is a half everywhere on a ramp, at its last row and column too, in one channel or three', () => {
    const ramp = of((x, y) => 3 * x - 2 * y);
    const three = Float64Array.of(...ramp, ...ramp, ...ramp);
    for (const u of [ramp, three]) {
      for (const share of densityOf(u, size)!) expect(share).toBeCloseTo(0.5, 5);
    }
  });

  it('depends neither on contrast nor on brightness', () => {
    const u = of((x, y) => Math.sin(x / 3) * y);
    const other = u.map((value) => 7 * value + 3);
    const density = densityOf(u, size)!;
    densityOf(other, size)!.forEach((share, i) => expect(share).toBeCloseTo(density[i]!, 5));
  });

  it('is none for a flat picture, or for one that a few batches cover', () => {
    expect(
      densityOf(
        of(() => 4),
        size,
      ),
    ).toBeUndefined();
    expect(densityOf(of((x) => x).subarray(0, 64 * 64), { width: 64, height: 64 })).toBeUndefined();
  });

  it('is of any thin picture', () => {
    const u = Float64Array.from({ length: 9000 }, (_, i) => i % 7);
    for (const thin of [
      { width: 9000, height: 1 },
      { width: 1, height: 9000 },
    ]) {
      expect(densityOf(u, thin)!.every((share) => share > 0.349 && share <= 1)).toBe(true);
    }
  });
});
