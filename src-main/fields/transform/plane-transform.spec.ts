import { describe, expect, it } from 'vitest';
import { largestDifference, seededRandom } from '../testing.ts';
import type { Wave } from './line-transform.ts';
import { PlaneTransform } from './plane-transform.ts';

const waveAt = (wave: Wave, k: number, n: number, length: number): number =>
  (wave === 'cosine' ? Math.cos : Math.sin)((Math.PI * k * (n + 0.5)) / length);

/** The series summed by definition. */
function sum(
  coefficients: Float64Array,
  width: number,
  height: number,
  alongX: Wave,
  alongY: Wave,
): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    let total = 0;
    for (let l = 0; l < height; l++) {
      for (let k = 0; k < width; k++) {
        total +=
          coefficients[l * width + k]! *
          waveAt(alongX, k, i % width, width) *
          waveAt(alongY, l, Math.floor(i / width), height);
      }
    }
    return total;
  });
}

describe('PlaneTransform', () => {
  const sizes = [
    [1, 1],
    [1, 5],
    [2, 2],
    [7, 4],
    [16, 9],
    [19, 35],
  ] as const;
  const kinds = [
    ['cosine', 'cosine'],
    ['sine', 'cosine'],
    ['cosine', 'sine'],
    ['sine', 'sine'],
  ] as const;
  for (const [width, height] of sizes) {
    it.each(kinds)(
      `sums %s × %s series on ${width}×${height} and takes them apart again`,
      (alongX, alongY) => {
        const random = seededRandom(width * 100 + height);
        const coefficients = Float64Array.from({ length: width * height }, (_, i) => {
          const absent =
            (alongX === 'sine' && i % width === 0) || (alongY === 'sine' && Math.floor(i / width) === 0);
          return absent ? 0 : random() - 0.5;
        });
        const transform = new PlaneTransform(width, height);
        const plane = coefficients.slice();
        transform.synthesise(plane, alongX, alongY);
        expect(largestDifference(plane, sum(coefficients, width, height, alongX, alongY))).toBeLessThan(
          1e-12,
        );
        transform.analyse(plane, alongX, alongY);
        expect(largestDifference(plane, coefficients)).toBeLessThan(1e-13);
      },
    );
  }

  it('leaves the alternating wave out of a sine series', () => {
    const plane = Float64Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? 1 : -1));
    new PlaneTransform(8, 1).analyse(plane, 'sine', 'cosine');
    expect(largestDifference(plane, new Float64Array(8))).toBeLessThan(1e-15);
  });
});
