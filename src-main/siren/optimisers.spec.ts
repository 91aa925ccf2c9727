import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { muon } from './optimisers.ts';
import { matrix, plainOps } from './plain-ops.ts';

const n = 48;

/** What Muon subtracts at rate 1 from a standing start, for a diagonal gradient: its own diagonal. */
function moved(singularValues: readonly number[]): number[] {
  const square = (diagonal: readonly number[]) =>
    matrix(
      n,
      n,
      Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? diagonal[i / (n + 1)]! : 0)),
    );
  const zero = square(new Array<number>(n).fill(0));
  const { W } = muon(plainOps, zero, square(singularValues), zero, plainOps.scalar(1));
  return Array.from({ length: n }, (_, i) => -W.data[i * (n + 1)]!);
}

describe("Muon's update", () => {
  const values = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: n, maxLength: n });

  it('has all singular values near 1, whatever the size of the gradient', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -9, max: 9 }), (spectrum, exponent) => {
        for (const value of moved(spectrum.map((sigma) => sigma * 10 ** exponent))) {
          expect(value).toBeGreaterThan(0.6);
          expect(value).toBeLessThan(1.25);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('stays within bounds where one direction is all there is, and is nothing for no gradient', () => {
    const [first, ...others] = moved([1, ...new Array<number>(n - 1).fill(0)]);
    expect(first).toBeGreaterThan(0.6);
    expect(first).toBeLessThan(1.25);
    expect(others.every((value) => value === 0)).toBe(true);
    expect(moved(new Array<number>(n).fill(0)).every((value) => value === 0)).toBe(true);
  });
});
