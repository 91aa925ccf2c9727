import { describe, expect, it } from 'vitest';

import { figure, floorRow, passes, ratioToFloor } from './floor.ts';
import type { Floor } from './floor.ts';

const psnr: Floor = {
  job: 'reconstruct',
  quantity: 'psnr',
  sense: 'at least',
  bound: 40,
  measured: 42,
  unit: 'dB',
};
const residual: Floor = {
  job: 'reconstruct',
  quantity: 'residual',
  sense: 'at most',
  bound: 0.01,
  measured: 0.02,
};

describe('a floor', () => {
  it('has a ratio above 1 exactly where the figure is on its right side', () => {
    expect(ratioToFloor(psnr)).toBeCloseTo(1.05);
    expect(ratioToFloor(residual)).toBeCloseTo(0.5);
    expect([passes(psnr), passes(residual)]).toEqual([true, false]);
  });

  it('passes at its bound, including a bound of 0, which has no ratio', () => {
    const outside: Floor = { ...residual, bound: 0, measured: 0 };
    expect(passes(outside)).toBe(true);
    expect(passes({ ...outside, measured: 1 })).toBe(false);
    expect(ratioToFloor(outside)).toBeUndefined();
    expect(passes({ ...psnr, measured: 40 })).toBe(true);
  });

  it('fails where the figure is missing', () => {
    expect(passes({ ...psnr, measured: undefined })).toBe(false);
    expect(floorRow({ ...psnr, measured: undefined }, true).slice(2)).toEqual([
      '≥ 40.00 dB',
      '–',
      '–',
      'FAIL',
    ]);
  });

  it('is shown with a verdict at full length only', () => {
    expect(floorRow(psnr, true)).toEqual(['reconstruct', 'psnr', '≥ 40.00 dB', '42.00 dB', '1.05', 'pass']);
    expect(floorRow(psnr, false).at(-1)).toBe('–');
  });
});

describe('a figure', () => {
  it('is rounded for reading, with its unit', () => {
    expect(figure(0.012345)).toBe('0.0123');
    expect(figure(1234567)).toBe('1234567');
    expect(figure(49.96, '%')).toBe('50.0 %');
    expect(figure(1.239, '×')).toBe('1.24 ×');
    expect(figure(undefined, 'dB')).toBe('–');
  });
});
