import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squaredDistances } from './distance.ts';
import { grow, shrink } from './grow.ts';
import { MaskRaster } from './mask-raster.ts';
import { polygon, rectangleOutline } from './coverage.ts';

const seed = 7;
const [width, height] = [23, 17];
const set = fc.array(fc.boolean(), { minLength: width * height, maxLength: width * height });
const sparse = fc
  .array(fc.nat(width * height - 1), { maxLength: 5 })
  .map((pixels) => Array.from({ length: width * height }, (_, i) => pixels.includes(i)));
/** Many pixels, few, one, none. */
const sets = fc.oneof(set, sparse);
const masked = (values: readonly number[], size = { width, height }) => {
  const mask = new MaskRaster(size);
  mask.write(mask.frame, Uint8Array.from(values));
  return mask;
};
/** To the nearest pixel of `inside`, by looking at every one. */
const plainDistance = (inside: readonly boolean[], i: number) =>
  inside.reduce(
    (least, is, j) =>
      is
        ? Math.min(
            least,
            Math.hypot((i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)),
          )
        : least,
    Infinity,
  );
const clamp = (value: number) => Math.min(Math.max(value, 0), 1);

describe('the distance transform', () => {
  it('is the distance to the nearest pixel', () => {
    fc.assert(
      fc.property(sets, (inside) => {
        const squared = squaredDistances((i) => inside[i]!, width, height);
        squared.forEach((value, i) => expect(Math.sqrt(value)).toBeCloseTo(plainDistance(inside, i), 9));
      }),
      { seed, numRuns: 50 },
    );
  });
});

describe('growing', () => {
  it('covers what lies within so many pixels, and shrinking uncovers it; the rim by a share', () => {
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 9 }), (inside, pixels) => {
        const grown = masked(inside.map((is) => (is ? 255 : 0)));
        grow(grown, pixels);
        const shrunk = masked(inside.map((is) => (is ? 0 : 255)));
        shrink(shrunk, pixels);
        const shares = inside.map((_, i) => Math.round(255 * clamp(pixels + 1 - plainDistance(inside, i))));
        expect([...grown.data]).toEqual(shares);
        expect([...shrunk.data]).toEqual(shares.map((share) => 255 - share));
      }),
      { seed, numRuns: 50 },
    );
  });

  it('moves a straight edge by so many pixels, hard, half-covered or feathered', () => {
    const long = { width: 200, height: 70 };
    for (const ramp of [[], [128], [200, 90, 10], Array.from({ length: 40 }, (_, i) => 250 - 6 * i)]) {
      const row = (moved: number) =>
        Array.from({ length: 200 }, (_, x) => (x < 60 + moved ? 255 : (ramp[x - 60 - moved] ?? 0)));
      const grown = masked(Array.from({ length: 70 }, () => row(0)).flat(), long);
      grow(grown, 7);
      const shrunk = masked(Array.from({ length: 70 }, () => row(0)).flat(), long);
      shrink(shrunk, 7);
      const middle = (mask: MaskRaster) => [...mask.data.subarray(35 * 200, 36 * 200)];
      const worst = (got: number[], want: number[]) =>
        Math.max(...got.map((value, i) => Math.abs(value - want[i]!)));
      expect(worst(middle(grown), row(7))).toBeLessThanOrEqual(ramp.length > 8 ? 16 : 0);
      expect(worst(middle(shrunk), row(-7))).toBeLessThanOrEqual(ramp.length > 8 ? 16 : 0);
    }
  });

  it('never loses what was covered, and is the same however the picture is cut into blocks', () => {
    const large = { width: 300, height: 90 };
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: -5, max: 280 }), y: fc.integer({ min: -5, max: 80 }) }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        ({ x, y }, w, h, pixels) => {
          const mask = new MaskRaster(large);
          mask.combine(polygon(rectangleOutline({ x, y }, { x: x + w, y: y + h }), mask.frame), 'add');
          const before = mask.data.slice();
          grow(mask, pixels);
          const gap = (at: number, from: number, to: number) => Math.max(from - at, at - (to - 1), 0);
          const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
          const [right, bottom] = [Math.min(x + w, 300), Math.min(y + h, 90)];
          const none = right <= left || bottom <= top;
          const expected = before.map((_, i) => {
            const d = Math.hypot(gap(i % 300, left, right), gap(Math.floor(i / 300), top, bottom));
            return none ? 0 : Math.round(255 * clamp(pixels + 1 - d));
          });
          expect(Buffer.compare(mask.data, expected)).toBe(0);
          expect(mask.data.every((value, i) => value >= before[i]!)).toBe(true);
        },
      ),
      { seed, numRuns: 25 },
    );
  });

  it('leaves empty and full masks alone, also at the border', () => {
    for (const value of [0, 255]) {
      const mask = masked(Array.from({ length: width * height }, () => value));
      grow(mask, 5);
      shrink(mask, 3);
      expect(new Set(mask.data)).toEqual(new Set([value]));
    }
  });
});
