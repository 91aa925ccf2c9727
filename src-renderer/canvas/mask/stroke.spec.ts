import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stroke } from './stroke.ts';

describe('a stroke', () => {
  it('puts its dabs at equal distances, however the way is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (steps) => {
          const stroke = new Stroke(() => 2);
          let x = 0;
          const dabs = stroke.extend({ x, y: 3, pressure: 1 });
          for (const step of steps) dabs.push(...stroke.extend({ x: (x += step), y: 3, pressure: 1 }));
          expect(dabs).toHaveLength(Math.floor(x / 2 + 1e-9) + 1);
          dabs.forEach((dab, i) => expect(dab.x).toBeCloseTo(2 * i, 6));
        },
      ),
      { seed: 7 },
    );
  });

  it('begins with a dab where it is put down, and none more while it rests', () => {
    const stroke = new Stroke(() => 3);
    const place = { x: 5, y: 5, pressure: 1 };
    expect(stroke.extend(place)).toEqual([place]);
    expect(stroke.extend(place)).toEqual([]);
  });

  it('goes evenly from one pressure to the next, its dabs as far apart as each calls for', () => {
    const stroke = new Stroke((pressure) => 4 * pressure);
    stroke.extend({ x: 0, y: 0, pressure: 1 });
    const dabs = stroke.extend({ x: 16, y: 0, pressure: 0.5 });
    let x = 0;
    let pressure = 1;
    for (const dab of dabs) {
      x += 4 * pressure;
      pressure = 1 - x / 32;
      expect([dab.x, dab.pressure]).toEqual([x, pressure]);
    }
    expect(x + 4 * pressure).toBeGreaterThan(16);
  });
});
