import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disc } from './coverage.ts';
import { combinations, MaskRaster } from './mask-raster.ts';

const size = { width: 200, height: 140 };
const step = fc.oneof(
  fc.record({
    how: fc.constantFrom(...combinations),
    at: fc.record({
      x: fc.double({ min: -10, max: 210, noNaN: true }),
      y: fc.double({ min: -10, max: 150, noNaN: true }),
    }),
    radius: fc.double({ min: 0.5, max: 60, noNaN: true }),
  }),
  fc.constantFrom('invert' as const, 'fill' as const, 'clear' as const),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const make = (mask: MaskRaster, done: Step) => {
  if (done === 'invert') mask.invert();
  else if (done === 'fill') mask.fill(255);
  else if (done === 'clear') mask.clear();
  else mask.combine(disc(done.at, done.radius, 0.5), done.how);
};

const same = (a: Uint8Array, b: Uint8Array | undefined) => Buffer.compare(a, b ?? new Uint8Array()) === 0;

describe('an edit of a mask', () => {
  it('is undone and redone to the byte, whatever its steps', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 5 }), (edits) => {
        const mask = new MaskRaster(size);
        const states = [mask.data.slice()];
        const changes = edits.map((steps) => {
          mask.begin();
          for (const done of steps) make(mask, done);
          const change = mask.commit();
          states.push(mask.data.slice());
          return change;
        });
        for (let i = changes.length - 1; i >= 0; i--) {
          changes[i]?.exchange();
          expect(same(mask.data, states[i])).toBe(true);
        }
        changes.forEach((change, i) => {
          change?.exchange();
          expect(same(mask.data, states[i + 1])).toBe(true);
        });
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('that is rolled back leaves the mask as it was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3 }), fc.array(step, { maxLength: 3 }), (first, then) => {
        const mask = new MaskRaster(size);
        for (const done of first) make(mask, done);
        const before = mask.data.slice();
        mask.begin();
        for (const done of then) make(mask, done);
        mask.rollback();
        expect(same(mask.data, before)).toBe(true);
        expect(mask.commit()).toBe(null);
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('holds on to memory by what it touched, not by the size of the picture', () => {
    const mask = new MaskRaster({ width: 4000, height: 3000 });
    mask.begin();
    mask.combine(disc({ x: 2000, y: 1500 }, 40, 1), 'add');
    const dab = mask.commit();
    expect(dab?.bytes).toBeLessThan(9 * (64 + 64 * 64) + 1);
    mask.begin();
    mask.fill(255);
    const all = mask.commit();
    // Tiles of one value are one number: all but those that the dab had touched.
    expect(all?.bytes).toBeLessThan(64 * (mask.grid.count + 9 * 64) + 1);
    all?.exchange();
    dab?.exchange();
    expect(mask.isEmpty).toBe(true);
  });
});
