import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing.ts';
import { createFft } from './fft.ts';

/** The definition, in O(N²). */
function directTransform(re: Float64Array, im: Float64Array): { re: number[]; im: number[] } {
  const n = re.length;
  const out = { re: new Array<number>(n).fill(0), im: new Array<number>(n).fill(0) };
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const phase = (-2 * Math.PI * ((j * k) % n)) / n;
      out.re[k]! += re[j]! * Math.cos(phase) - im[j]! * Math.sin(phase);
      out.im[k]! += re[j]! * Math.sin(phase) + im[j]! * Math.cos(phase);
    }
  }
  return out;
}

describe('createFft', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 30, 61, 64, 97, 100, 122, 427])(
    'agrees with the definition at length %i, each lane by itself',
    (length) => {
      const lanes = 3;
      const random = seededRandom(length);
      const re = Float64Array.from({ length: length * lanes }, () => random() - 0.5);
      const im = Float64Array.from({ length: length * lanes }, () => random() - 0.5);
      const lane = (values: Float64Array, q: number): Float64Array =>
        values.filter((_, i) => i % lanes === q);
      const expected = [0, 1, 2].map((q) => directTransform(lane(re, q), lane(im, q)));
      createFft(length, lanes).forward(re, im);
      for (let q = 0; q < lanes; q++) {
        for (let k = 0; k < length; k++) {
          expect(Math.abs(re[k * lanes + q]! - expected[q]!.re[k]!)).toBeLessThan(1e-12);
          expect(Math.abs(im[k * lanes + q]! - expected[q]!.im[k]!)).toBeLessThan(1e-12);
        }
      }
    },
  );

  it.each([1024, 600, 4093])('is undone at length %i by the transform with re and im exchanged', (length) => {
    const random = seededRandom(length);
    const re = Float64Array.from({ length }, () => random() - 0.5);
    const im = Float64Array.from({ length }, () => random() - 0.5);
    const [re0, im0] = [re.slice(), im.slice()];
    const fft = createFft(length, 1);
    fft.forward(re, im);
    fft.forward(im, re);
    for (let i = 0; i < length; i++) {
      expect(Math.abs(re[i]! / length - re0[i]!)).toBeLessThan(1e-14);
      expect(Math.abs(im[i]! / length - im0[i]!)).toBeLessThan(1e-14);
    }
  });
});
