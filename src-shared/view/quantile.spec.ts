import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quantileInPlace } from './quantile.ts';

it('finds the value that sorting would put at the rank, whatever the order and the ties', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const sorted = Float64Array.from(list).sort();
      const found = quantileInPlace(Float64Array.from(list), share);
      expect(found === sorted[Math.round(share * (list.length - 1))]).toBe(true);
    }),
  );
});
