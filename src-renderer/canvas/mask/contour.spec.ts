import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disc, polygon, rectangleOutline } from './coverage.ts';
import { contour, pixelEdges, type Polyline } from './contour.ts';
import { MaskLevels } from './mask-levels.ts';
import { MaskRaster } from './mask-raster.ts';
import { TileGrid } from './tile-grid.ts';

const seed = 7;
const size = { width: 17, height: 12 };
const byte = fc.oneof(fc.constantFrom(0, 255), fc.nat(255));
const bytes = fc.array(byte, { minLength: 17 * 12, maxLength: 17 * 12 });
const all = { x: 0, y: 0, width: 18, height: 13 };
const masked = (values: readonly number[]) => ({ ...size, data: Uint8Array.from(values) });
const pieces = (lines: readonly Polyline[]) =>
  lines.flatMap((line) =>
    Array.from({ length: line.length / 2 - 1 }, (_, i) => line.slice(2 * i, 2 * i + 4)),
  ) as [number, number, number, number][];
/** How often the line goes around a point, clockwise on the screen. */
const turns = (lines: readonly Polyline[], px: number, py: number) => {
  let count = 0;
  for (const [x1, y1, x2, y2] of pieces(lines)) {
    if (y1 <= py === y2 <= py) continue;
    if (x1 + ((py - y1) / (y2 - y1)) * (x2 - x1) > px) count += y2 > y1 ? 1 : -1;
  }
  return count;
};
const key = (x: number, y: number) => `${x},${y}`;

describe('the contour', () => {
  it('goes once around every pixel that is more in than out, and around no other', () => {
    fc.assert(
      fc.property(bytes, (values) => {
        const lines = contour(masked(values), all);
        const around = values.map((_, i) => turns(lines, (i % 17) + 0.5, Math.floor(i / 17) + 0.5));
        expect(around).toEqual(values.map((value) => (value > 127.5 ? 1 : 0)));
      }),
      { seed },
    );
  });

  it('is closed, also where the mask meets the border, and stays on the picture', () => {
    fc.assert(
      fc.property(bytes, (values) => {
        const lines = contour(masked(values), all);
        for (const line of lines) {
          expect(line.slice(0, 2)).toEqual(line.slice(-2));
          const strays = line.some((value, i) => value < 0 || value > (i % 2 === 0 ? 17 : 12));
          expect(strays).toBe(false);
        }
      }),
      { seed },
    );
  });

  it('traced in parts is the same line, whose ends meet', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 12 }), (values, x, y) => {
        const mask = masked(values);
        const parts = [
          { x: 0, y: 0, width: x, height: y },
          { x, y: 0, width: 18 - x, height: y },
          { x: 0, y, width: x, height: 13 - y },
          { x, y, width: 18 - x, height: 13 - y },
        ].flatMap((part) => contour(mask, part));
        const sorted = (lines: readonly Polyline[]) => pieces(lines).map(String).sort();
        expect(sorted(parts)).toEqual(sorted(contour(mask, all)));
      }),
      { seed },
    );
  });

  it('lies where coverage is one half: along a straight edge, and around a disc', () => {
    const mask = new MaskRaster({ width: 40, height: 40 });
    mask.combine(polygon(rectangleOutline({ x: -5, y: -5 }, { x: 20.25, y: 50 }), mask.frame), 'add');
    const cells = { x: 0, y: 0, width: 41, height: 41 };
    const inner = pieces(contour(mask, cells)).filter(([x, y]) => x > 1 && y > 1 && y < 39);
    for (const [x] of inner) expect(Math.abs(x - 20.25)).toBeLessThan(0.3);
    mask.clear();
    mask.combine(disc({ x: 20, y: 20 }, 12, 1), 'add');
    const ring = contour(mask, cells);
    expect(ring).toHaveLength(1);
    for (const [x, y] of pieces(ring)) expect(Math.abs(Math.hypot(x - 20, y - 20) - 11.75)).toBeLessThan(0.4);
  });

  it('of nothing is nothing, of a pixel goes around it, of a hole the other way', () => {
    const mask = new MaskRaster(size);
    expect(contour(mask, all)).toEqual([]);
    mask.write({ x: 0, y: 0, width: 1, height: 1 }, Uint8Array.of(255));
    expect([contour(mask, all).length, turns(contour(mask, all), 0.5, 0.5)]).toEqual([1, 1]);
    mask.fill(255);
    mask.write({ x: 8, y: 6, width: 1, height: 1 }, Uint8Array.of(0));
    expect([contour(mask, all).length, turns(contour(mask, all), 8.5, 6.5)]).toEqual([2, 0]);
  });
});

describe('the edges of pixels', () => {
  it('are all sides between in and out, each once, in whatever parts they are traced', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 17 }), (values, x) => {
        const mask = masked(values);
        const inside = (i: number, j: number) =>
          i >= 0 && j >= 0 && i < 17 && j < 12 && values[j * 17 + i]! > 127.5;
        const expected = new Set<string>();
        for (let j = 0; j <= 12; j++) {
          for (let i = 0; i <= 17; i++) {
            if (inside(i, j) !== inside(i, j - 1)) expected.add(key(i + 0.5, j));
            if (inside(i, j) !== inside(i - 1, j)) expected.add(key(i, j + 0.5));
          }
        }
        const parts = [
          { ...all, width: x },
          { ...all, x, width: 18 - x },
        ].flatMap((part) => pixelEdges(mask, part));
        const found = pieces(parts).flatMap(([x1, y1, x2, y2]) =>
          Array.from({ length: x2 - x1 + y2 - y1 }, (_, n) =>
            y1 === y2 ? key(x1 + n + 0.5, y1) : key(x1, y1 + n + 0.5),
          ),
        );
        expect(found.sort()).toEqual([...expected].sort());
      }),
      { seed },
    );
  });
});

describe('a mask seen from afar', () => {
  it('is the mean of what each pixel stands for, and follows every change', () => {
    const change = fc.record({
      x: fc.double({ min: 0, max: 90, noNaN: true }),
      y: fc.double({ min: 0, max: 70, noNaN: true }),
      radius: fc.double({ min: 0.5, max: 30, noNaN: true }),
      adds: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.integer({ min: 1, max: 4 }), (changes, level) => {
        const mask = new MaskRaster({ width: 91, height: 69 });
        const followed = new MaskLevels(mask);
        followed.at(level);
        for (const { x, y, radius, adds } of changes) {
          followed.changed(mask.combine(disc({ x, y }, radius, 0.5), adds ? 'add' : 'subtract'));
          followed.at(level);
        }
        const [got, fresh] = [followed.at(level), new MaskLevels(mask).at(level)];
        expect(Buffer.compare(got.data, fresh.data)).toBe(0);
        const step = 2 ** level;
        const far = got.data.every((value, i) => {
          const [x, y] = [step * (i % got.width), step * Math.floor(i / got.width)];
          if (x + step > 91 || y + step > 69) return true;
          const seen = mask.read({ x, y, width: step, height: step });
          const mean = seen.reduce((sum, v) => sum + v, 0) / seen.length;
          return value >= mean - 1e-9 && value < mean + level && (value === 0) === (mean === 0);
        });
        expect([far, got.width, got.height]).toEqual([true, Math.ceil(91 / step), Math.ceil(69 / step)]);
      }),
      { seed, numRuns: 50 },
    );
  });
});

describe('a grid of tiles', () => {
  it('has every pixel in one tile, and finds those that share one with a part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 150 }),
        fc.nat(199),
        fc.nat(149),
        (w, h, x, y) => {
          const grid = new TileGrid({ width: w, height: h });
          const tiles = Array.from({ length: grid.count }, (_, i) => grid.rectangleOf(i));
          expect(tiles.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(w * h);
          const part = { x, y, width: 70, height: 3 };
          const sharing = tiles.flatMap((t, i) =>
            t.x < x + 70 && x < t.x + t.width && t.y < y + 3 && y < t.y + t.height ? [i] : [],
          );
          expect([...grid.tilesIn(part)]).toEqual(sharing);
        },
      ),
      { seed },
    );
  });
});
