import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stroke } from './stroke.ts';

describe('a stroke', () => {
  it('puts its dabs at equal distances, however the way is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (steps) => {
          const stroke = new Stroke(2);
          let x = 0;
          const dabs = stroke.extend({ x, y: 3 });
          for (const step of steps) dabs.push(...stroke.extend({ x: (x += step), y: 3 }));
          expect(dabs).toHaveLength(Math.floor(x / 2 + 1e-9) + 1);
          dabs.forEach((dab, i) => expect(dab.x).toBeCloseTo(2 * i, 6));
        },
      ),
      { seed: 7 },
    );
  });

  it('begins with a dab where it is put down, and none more while it rests', () => {
    const stroke = new Stroke(3);
    expect(stroke.extend({ x: 5, y: 5 })).toEqual([{ x: 5, y: 5 }]);
    expect(stroke.extend({ x: 5, y: 5 })).toEqual([]);
  });
});
