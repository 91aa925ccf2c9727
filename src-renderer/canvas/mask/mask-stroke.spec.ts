import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disc } from './coverage.ts';
import { MaskRaster } from './mask-raster.ts';
import { MaskStroke, type Dab } from './mask-stroke.ts';

const size = { width: 100, height: 80 };
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const dab = fc.record({
  x: real(-20, 120),
  y: real(-20, 100),
  radius: real(0.5, 30),
  hardness: real(0, 1),
  opacity: real(0, 1),
});
const dabs = fc.array(dab, { minLength: 1, maxLength: 8 });
const start = fc.nat(255).map((value) => {
  const mask = new MaskRaster(size);
  mask.fill(value);
  mask.combine(disc({ x: 50, y: 40 }, 30, 0.2), 'add');
  return mask;
});
const paint = (mask: MaskRaster, way: readonly Dab[], erases: boolean) => {
  const stroke = new MaskStroke(mask, erases);
  return way.map((at) => stroke.dab(at));
};

describe('a stroke', () => {
  it('rubbed out along the way it was painted leaves nothing', () => {
    fc.assert(
      fc.property(dabs, (way) => {
        const mask = new MaskRaster(size);
        paint(mask, way, false);
        paint(mask, way, true);
        expect(mask.isEmpty).toBe(true);
      }),
      { seed: 7 },
    );
  });

  it('is the same whatever the order of its dabs and however often they come, put to the mask once', () => {
    fc.assert(
      fc.property(start, dabs, fc.boolean(), (mask, way, erases) => {
        const before = mask.data.slice();
        const alone = new MaskRaster(size);
        for (const at of way) paint(alone, [at], false);
        paint(mask, [...way, ...way.toReversed()], erases);
        const expected = before.map((a, i) => {
          const b = alone.data[i]!;
          return erases ? Math.max(a - b, 0) : Math.max(a, b);
        });
        expect(Buffer.compare(mask.data, expected)).toBe(0);
      }),
      { seed: 7 },
    );
  });

  it('covers what the disc of its brush does, to a level or two of 255', () => {
    fc.assert(
      fc.property(dab, (at) => {
        const [mask, exact] = [new MaskRaster(size), new MaskRaster(size)];
        paint(mask, [{ ...at, opacity: 1 }], false);
        exact.combine(disc(at, at.radius, at.hardness), 'add');
        const worst = Math.max(...mask.data.map((value, i) => Math.abs(value - exact.data[i]!)));
        expect(worst).toBeLessThanOrEqual(40);
      }),
      { seed: 7 },
    );
  });

  it('touches nothing beyond the rectangle it answers with', () => {
    fc.assert(
      fc.property(start, dab, fc.boolean(), (mask, at, erases) => {
        const before = mask.data.slice();
        const [touched] = paint(mask, [at], erases);
        const { x, y, width, height } = touched!;
        const strays = mask.data.some((value, i) => {
          const [column, row] = [i % 100, Math.floor(i / 100)];
          const within = column >= x && row >= y && column < x + width && row < y + height;
          return !within && value !== before[i];
        });
        expect(strays).toBe(false);
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});
