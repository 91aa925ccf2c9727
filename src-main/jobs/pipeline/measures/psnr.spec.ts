import { describe, expect, it } from 'vitest';
import { perfectPsnr } from '../../../../src-shared/model/metrics.ts';
import { psnrOf, rangeOf } from './psnr.ts';

describe('psnr', () => {
  it('is 20 dB for an error of a tenth of the peak everywhere', () => {
    expect(psnrOf([0.1, 0.4], [0, 0.5], 1)).toBeCloseTo(20, 10);
    expect(psnrOf([1, 4], [0, 5], 1, { peak: 10 })).toBeCloseTo(20, 10);
  });

  it("takes away each channel's own offset, where asked to", () => {
    const values = [0.1, 0.2, 0.7, 0.9];
    const reference = [0.0, 0.1, 0.2, 0.6];
    // What is left of channel 2 is ±0.1; of channel 1 nothing.
    expect(psnrOf(values, reference, 2, { removeOffset: true })).toBeCloseTo(10 * Math.log10(4 / 0.02), 8);
    expect(psnrOf(values, reference, 2)).toBeLessThan(12);
  });

  it('counts only the pixels of a mask', () => {
    expect(psnrOf([0.5, 0.1], [0, 0], 1, { where: Uint8Array.of(0, 1) })).toBeCloseTo(20, 10);
  });

  it('has no figure where nothing is compared, and a finite one where all is equal', () => {
    expect(psnrOf([1], [1], 1, { where: Uint8Array.of(0) })).toBeUndefined();
    expect(psnrOf([1], [0], 1, { peak: 0 })).toBeUndefined();
    expect(psnrOf([1, 2], [1, 2], 1)).toBe(perfectPsnr);
  });
});

describe('a range', () => {
  it('spans all arrays together', () => {
    expect(rangeOf([1, -2], [3])).toBe(5);
  });
});
