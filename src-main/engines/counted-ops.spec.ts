import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { slabCount } from './counted-ops.ts';

describe('cutting a sum into slabs', () => {
  it('gives equal slabs of at least the rows asked for, as many as divide the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 600 }), (rows, least) => {
        const count = slabCount(rows, least);
        expect(rows % count).toBe(0);
        if (count > 1) expect(rows / count).toBeGreaterThanOrEqual(least);
        for (let more = count + 1; more <= rows / least; more++) expect(rows % more).not.toBe(0);
      }),
    );
  });

  it('leaves it whole where no slab was asked for', () => {
    expect(slabCount(4096, undefined)).toBe(1);
    expect(slabCount(4096, 256)).toBe(16);
  });
});
