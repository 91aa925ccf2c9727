import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeConstant, withConstant } from './constant.ts';

const planes = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 });

describe('the free constant', () => {
  it('gives each channel the mean of the reference', () => {
    fc.assert(
      fc.property(planes, planes, (reference, values) => {
        const constant = freeConstant(reference, values, 3);
        const shifted = withConstant(values, constant);
        for (let c = 0; c < 3; c++) {
          const mean = (array: ArrayLike<number>) => (array[2 * c]! + array[2 * c + 1]!) / 2;
          expect(mean(shifted)).toBeCloseTo(mean(reference), 12);
        }
      }),
      { seed: 1 },
    );
  });

  it('looks at the anchor alone, where there is one', () => {
    expect(freeConstant([9, 1, 2, 9], [0, 0, 0, 0], 1, Uint8Array.of(0, 1, 1, 0))).toEqual([1.5]);
  });

  it('looks at everything where the anchor has no pixel: a region that covers all has no surroundings', () => {
    expect(freeConstant([1, 3], [0, 0], 1, Uint8Array.of(0, 0))).toEqual([2]);
  });
});
