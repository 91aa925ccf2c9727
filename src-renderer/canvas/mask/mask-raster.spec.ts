import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disc, ellipseOutline, polygon, rectangleOutline } from './coverage.ts';
import { feather } from './feather.ts';
import { combinations, MaskRaster, type Combination } from './mask-raster.ts';
import { nowhere } from './rectangle.ts';

const seed = 7;
const size = { width: 24, height: 17 };
const point = fc.record({
  x: fc.double({ min: -8, max: 32, noNaN: true }),
  y: fc.double({ min: -8, max: 25, noNaN: true }),
});
const bytes = fc.uint8Array({ minLength: 24 * 17, maxLength: 24 * 17 });
const filled = (data: Uint8Array) => {
  const mask = new MaskRaster(size);
  mask.write(mask.frame, data);
  return mask;
};
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const inside = (
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  i: number,
) => {
  const [column, row] = [i % size.width, Math.floor(i / size.width)];
  return column >= x && row >= y && column < x + width && row < y + height;
};

describe('a coverage', () => {
  it('of a rectangle between pixels is whole inside and nothing outside, drawn from any corner', () => {
    for (const [a, b] of [
      [
        { x: 3, y: 2 },
        { x: 9, y: 7 },
      ],
      [
        { x: 9, y: 2 },
        { x: 3, y: 7 },
      ],
    ] as const) {
      const mask = new MaskRaster(size);
      mask.combine(polygon(rectangleOutline(a, b), mask.frame), 'add');
      expect(mask.bounds()).toEqual({ x: 3, y: 2, width: 6, height: 5 });
      expect(sum(mask.data)).toBe(255 * 30);
    }
  });

  it('of a rectangle through pixels covers them by the area it shares', () => {
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: 0, max: 80 }), y: fc.integer({ min: 0, max: 40 }) }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 16 }),
        ({ x, y }, width, height) => {
          const [left, top] = [x / 8, y / 8];
          const corners = rectangleOutline({ x: left, y: top }, { x: left + width / 8, y: top + height / 8 });
          const { data } = polygon(corners, new MaskRaster(size).frame);
          expect(Math.abs(sum(data) / 255 - (width * height) / 64)).toBeLessThan(0.05);
        },
      ),
      { seed },
    );
  });

  it('of an ellipse has its area', () => {
    const { data } = polygon(ellipseOutline({ x: 2, y: 2 }, { x: 22, y: 14 }), new MaskRaster(size).frame);
    expect(Math.abs(sum(data) / 255 - Math.PI * 10 * 6)).toBeLessThan(0.5);
  });

  it('of a disc falls from its middle outward, and a hard one has its area', () => {
    const { data, width, x, y } = disc({ x: 10.5, y: 8.5 }, 6, 0);
    const row = [...data.subarray((8 - y) * width + 10 - x, (9 - y) * width)];
    expect(row).toEqual([...row].sort((a, b) => b - a));
    expect(row[0]).toBe(255);
    const hard = disc({ x: 10.5, y: 8.5 }, 6, 1);
    expect(Math.abs(sum(hard.data) / 255 - Math.PI * 36)).toBeLessThan(2);
  });

  it('of an outline that encloses nothing is empty', () => {
    const { frame } = new MaskRaster(size);
    expect(polygon([], frame).data).toHaveLength(0);
    expect(sum(polygon(rectangleOutline({ x: 4, y: 4 }, { x: 4, y: 9 }), frame).data)).toBe(0);
    expect(polygon(rectangleOutline({ x: -9, y: -9 }, { x: -2, y: -3 }), frame).data).toHaveLength(0);
  });
});

describe('a mask', () => {
  it('changes only within the rectangle that a change answers with', () => {
    fc.assert(
      fc.property(
        bytes,
        point,
        fc.double({ min: 0.5, max: 9, noNaN: true }),
        fc.boolean(),
        (data, at, radius, adds) => {
          const mask = filled(data);
          const touched = mask.combine(disc(at, radius, 0.5), adds ? 'add' : 'subtract');
          expect(mask.data.every((value, i) => inside(touched, i) || value === data[i])).toBe(true);
        },
      ),
      { seed },
    );
  });

  it('only grows by adding and only shrinks by subtracting', () => {
    fc.assert(
      fc.property(bytes, point, (data, at) => {
        const [grown, shrunk] = [filled(data), filled(data)];
        grown.combine(disc(at, 5, 0.3), 'add');
        shrunk.combine(disc(at, 5, 0.3), 'subtract');
        expect(grown.data.every((value, i) => value >= data[i]!)).toBe(true);
        expect(shrunk.data.every((value, i) => value <= data[i]!)).toBe(true);
      }),
      { seed },
    );
  });

  it('is itself again after two inversions, and after a part was read and written', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const mask = filled(data);
        mask.invert();
        mask.invert();
        const part = { x: 3, y: 5, width: 7, height: 4 };
        const kept = mask.read(part);
        mask.fill(9);
        mask.write(part, kept);
        expect(mask.data.every((value, i) => value === (inside(part, i) ? data[i] : 9))).toBe(true);
      }),
      { seed },
    );
  });

  it('knows the smallest rectangle around all that is selected', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(24 * 17 - 1), { maxLength: 6 }), (pixels) => {
        const mask = new MaskRaster(size);
        for (const i of pixels)
          mask.write({ x: i % 24, y: Math.floor(i / 24), width: 1, height: 1 }, Uint8Array.of(1));
        const { x, y, width, height } = mask.bounds();
        const xs = pixels.map((i) => i % 24);
        const ys = pixels.map((i) => Math.floor(i / 24));
        const expected =
          pixels.length === 0
            ? [0, 0, 0, 0]
            : [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
        expect([x, y, x + width, y + height]).toEqual(expected);
        expect(mask.isEmpty).toBe(pixels.length === 0);
      }),
      { seed },
    );
  });

  it('obeys the algebra of coverages, pixel by pixel', () => {
    const rule = {
      replace: (_, b) => b,
      add: Math.max,
      subtract: (a, b) => Math.max(a - b, 0),
      intersect: Math.min,
    } satisfies Record<Combination, (a: number, b: number) => number>;
    fc.assert(
      fc.property(bytes, point, fc.constantFrom(...combinations), (data, at, how) => {
        const [mask, shape] = [filled(data), filled(new Uint8Array(24 * 17))];
        const coverage = disc(at, 6, 0.4);
        shape.combine(coverage, 'add');
        const touched = mask.combine(coverage, how);
        expect(mask.data).toEqual(data.map((a, i) => rule[how](a, shape.data[i]!)));
        expect(mask.data.every((value, i) => inside(touched, i) || value === data[i])).toBe(true);
      }),
      { seed },
    );
  });

  it('is cleared by subtracting the shape that was added, its half-covered rim too', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 0.5, max: 9, noNaN: true }), (at, radius) => {
        const mask = new MaskRaster(size);
        const outline = ellipseOutline(at, { x: at.x + radius, y: at.y + 1.3 * radius });
        for (const shape of [disc(at, radius, 0.5), polygon(outline, mask.frame)]) {
          mask.combine(shape, 'add');
          mask.combine(shape, 'subtract');
          expect(mask.isEmpty).toBe(true);
        }
      }),
      { seed },
    );
  });

  it('knows in which parts it has one value, and its bounds, after every change', () => {
    const wide = { width: 150, height: 130 };
    const part = fc
      .tuple(fc.nat(149), fc.nat(129), fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 130 }))
      .map(([x, y, width, height]) => ({
        x,
        y,
        width: Math.min(width, 150 - x),
        height: Math.min(height, 130 - y),
      }));
    const change = fc.record({
      part,
      value: fc.constantFrom(0, 7, 255),
      how: fc.constantFrom('write', 'clear', 'invert'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), part, (changes, asked) => {
        const mask = new MaskRaster(wide);
        for (const { part, value, how } of changes) {
          if (how === 'write') mask.write(part, new Uint8Array(part.width * part.height).fill(value));
          else if (how === 'clear') mask.clear(part);
          else mask.invert();
          const lit = [...mask.data.keys()].filter((i) => mask.data[i]! > 0);
          const xs = lit.map((i) => i % 150);
          const box = mask.bounds();
          if (lit.length === 0) expect(box).toEqual(nowhere);
          else {
            expect([box.x, box.width]).toEqual([Math.min(...xs), Math.max(...xs) - Math.min(...xs) + 1]);
            expect([box.y, box.y + box.height - 1]).toEqual([
              Math.floor(lit[0]! / 150),
              Math.floor(lit.at(-1)! / 150),
            ]);
          }
          expect(mask.isEmpty).toBe(lit.length === 0);
          const value0 = mask.uniformIn(asked);
          const values = new Set(mask.read(asked));
          if (value0 !== null) expect([...values]).toEqual([value0]);
        }
      }),
      { seed, numRuns: 40 },
    );
  });

  it('replaced by a shape selects that shape alone', () => {
    const mask = filled(new Uint8Array(24 * 17).fill(255));
    mask.combine(polygon(rectangleOutline({ x: 1, y: 1 }, { x: 3, y: 4 }), mask.frame), 'replace');
    expect(mask.bounds()).toEqual({ x: 1, y: 1, width: 2, height: 3 });
  });
});

describe('feathering', () => {
  it('softens an edge without moving it, and leaves a mask that covers all as it is', () => {
    const mask = new MaskRaster({ width: 64, height: 9 });
    mask.combine(polygon(rectangleOutline({ x: 0, y: 0 }, { x: 32, y: 9 }), mask.frame), 'add');
    feather(mask, 8);
    const row = [...mask.data.subarray(4 * 64, 5 * 64)];
    expect(row).toEqual([...row].sort((a, b) => b - a));
    expect([row[0], row[63]]).toEqual([255, 0]);
    expect(row[31]! + row[32]!).toBe(255);
    const whole = filled(new Uint8Array(24 * 17).fill(255));
    feather(whole, 10);
    expect(whole.data.every((value) => value === 255)).toBe(true);
  });
});
