import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, inverse, mapPoint, toMatrix, type Transform } from '../../src-shared/model/composition.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { land, type Layer } from './land.ts';
import type { Raster } from './raster.ts';
import { noiseRaster, rasterOf } from './testing.ts';

const grid = { width: 60, height: 50 };
const full = ({ width, height }: Raster): Mask => ({
  width,
  height,
  data: new Float32Array(width * height).fill(1),
});
const layerOf = (source: Raster, transform: Partial<Transform>, mask = full(source)): Layer => ({
  source,
  mask,
  transform: { ...identity, ...transform },
  mode: 'import',
  alpha: 1,
});
const onto = (layer: Layer) => land(layer, grid, toMatrix(identity, grid));
/** The target's pixels that a landed mask selects, as 'x y'. */
const selected = (layer: Layer): string[] => {
  const landed = onto(layer);
  if (landed === undefined) return [];
  const { mask, placement } = landed;
  return [...mask.data.keys()]
    .filter((i) => mask.data[i]! > 0)
    .map((i) => `${placement.x + (i % mask.width)} ${placement.y + Math.floor(i / mask.width)}`);
};
const smooth = (x: number, y: number, c: number): number =>
  0.5 + 0.2 * Math.sin(0.22 * x + c) + 0.2 * Math.cos(0.17 * y - 0.1 * x);
/** A source whose pixel values are those of a smooth function at pixel-edge coordinates. */
const smoothSource = (width: number, height: number): Raster =>
  rasterOf({ width, height }, 3, (x, y, c) => smooth(x + 0.5, y + 0.5, c));

describe('land, on the grid', () => {
  it('hands a source on untouched where it is only moved', () => {
    const layer = layerOf(noiseRaster({ width: 5, height: 4 }, 3, 1), { x: -3, y: 7 });
    const { source, mask, mode, alpha } = layer;
    expect(onto(layer)).toEqual({ source, mask, mode, alpha, placement: { x: -3, y: 7 } });
    expect(onto(layer)!.source).toBe(source);
  });

  it('puts every sample, to the bit, on the pixel that the matrix sends its centre to', () => {
    const side = fc.integer({ min: 1, max: 7 });
    const turns = fc.constantFrom(-270, -180, -90, 0, 90, 180, 270, 360);
    fc.assert(
      fc.property(side, side, turns, fc.boolean(), fc.boolean(), (width, height, rotation, flipX, flipY) => {
        const isOdd = rotation % 180 !== 0 && (width + height) % 2 === 1;
        const shift = isOdd ? 0.5 : 0;
        const transform = { x: 3 + shift, y: 8 + shift, scale: 1, rotation, flipX, flipY };
        const source = noiseRaster({ width, height }, 3, 4);
        const mask = { width, height, data: noiseRaster({ width, height }, 1, 5).data.fill(1, 0, 1) };
        const landed = onto(layerOf(source, transform, mask))!;
        const matrix = toMatrix(transform, source);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const to = mapPoint(matrix, { x: x + 0.5, y: y + 0.5 });
            const [column, row] = [to.x - 0.5 - landed.placement.x, to.y - 0.5 - landed.placement.y];
            const at = row * landed.source.width + column;
            expect(landed.mask.data[at]).toBe(mask.data[y * width + x]);
            for (let c = 0; c < 3; c++) {
              const found = landed.source.data[c * width * height + at];
              expect(found).toBe(source.data[(c * height + y) * width + x]);
            }
          }
        }
      }),
    );
  });
});

describe('land, between pixels', () => {
  it.each([
    ['moved by half a pixel', { x: 10.5, y: 8.25 }],
    ['turned', { x: 14, y: 9, rotation: 33 }],
    ['turned inside out and enlarged', { x: 15, y: 14, rotation: -70, scale: 1.7, flipX: true }],
    ['reduced', { x: 14, y: 9, scale: 0.6 }],
    ['reduced and turned', { x: 14, y: 9, scale: 0.7, rotation: 45 }],
  ])('has what the source has at the place that the matrix leads back to: %s', (_, changes) => {
    const source = smoothSource(30, 24);
    const layer = layerOf(source, changes);
    const landed = onto(layer)!;
    const back = inverse(toMatrix(layer.transform, source));
    const { width, height } = landed.source;
    let compared = 0;
    for (let i = 0; i < width * height; i++) {
      const centre = {
        x: landed.placement.x + (i % width) + 0.5,
        y: landed.placement.y + Math.floor(i / width) + 0.5,
      };
      const p = mapPoint(back, centre);
      // Near its frame the source is held at its outermost pixels instead of going on.
      if (p.x < 3 || p.y < 3 || p.x > 27 || p.y > 21) continue;
      compared++;
      expect(landed.mask.data[i]).toBeCloseTo(1, 6);
      for (let c = 0; c < 3; c++) {
        expect(Math.abs(landed.source.data[c * width * height + i]! - smooth(p.x, p.y, c))).toBeLessThan(
          0.004,
        );
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('averages over an area where it reduces much: fine stripes become their mean', () => {
    const stripes = rasterOf({ width: 400, height: 320 }, 1, (x, y) => (x + y) % 2);
    for (const rotation of [0, 20]) {
      const { source, mask } = onto(layerOf(stripes, { x: -170, y: -140, scale: 0.09, rotation }))!;
      let inside = 0;
      source.data.forEach((value, i) => {
        if (mask.data[i]! < 1) return;
        inside++;
        expect(Math.abs(value - 0.5)).toBeLessThan(0.01);
      });
      expect(inside).toBeGreaterThan(500);
    }
  });

  it('keeps a flat source flat to the last bit of single precision, whatever the transform', () => {
    const transforms = fc.record({
      x: fc.double({ min: -10, max: 60, noNaN: true }),
      y: fc.double({ min: -10, max: 50, noNaN: true }),
      scale: fc.double({ min: 0.05, max: 8, noNaN: true }),
      rotation: fc.double({ min: -360, max: 360, noNaN: true }),
      flipX: fc.boolean(),
      flipY: fc.boolean(),
    });
    const flat = rasterOf({ width: 9, height: 7 }, 1, () => 0.3);
    fc.assert(
      fc.property(transforms, (transform) => {
        const landed = onto(layerOf(flat, transform));
        landed?.source.data.forEach((value) => expect(Math.abs(value - 0.3)).toBeLessThan(1e-7));
        landed?.mask.data.forEach((share) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-6);
        });
      }),
    );
  });

  it('ends where the source ends: the pixels whose centre is in its frame, and no other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (scale, rotation) => {
          const source = smoothSource(12, 9);
          const layer = layerOf(source, { x: 22.3, y: 19.1, scale, rotation });
          const landed = onto(layer)!;
          const back = inverse(toMatrix(layer.transform, source));
          const { width } = landed.mask;
          landed.mask.data.forEach((share, i) => {
            const x = landed.placement.x + (i % width) + 0.5;
            const p = mapPoint(back, { x, y: landed.placement.y + Math.floor(i / width) + 0.5 });
            const depth = Math.min(p.x, p.y, 12 - p.x, 9 - p.y);
            if (Math.abs(depth) < 1e-6) return;
            expect(share > 0).toBe(depth > 0);
            expect(landed.covered === undefined || landed.covered[i] === 1).toBe(depth > 0);
          });
        },
      ),
    );
  });

  it('selects nothing further from the mask than a pixel of the coarser grid', () => {
    const source = smoothSource(20, 16);
    const mask = { width: 20, height: 16, data: new Float32Array(320) };
    mask.data[8 * 20 + 11] = 1;
    for (const scale of [0.4, 1, 2.5]) {
      const layer = layerOf(source, { x: 20.2, y: 17.7, scale, rotation: 12 }, mask);
      const centre = mapPoint(toMatrix(layer.transform, source), { x: 11.5, y: 8.5 });
      const found = selected(layer).map((place) => place.split(' ').map(Number) as [number, number]);
      expect(found.length).toBeGreaterThan(0);
      for (const [x, y] of found) {
        expect(Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y)).toBeLessThan(1.5 * Math.max(1, scale));
      }
    }
  });

  it('keeps a mask’s hole and its several pieces', () => {
    const source = smoothSource(20, 16);
    const data = Float32Array.from({ length: 320 }, (_, i) => {
      const [x, y] = [i % 20, Math.floor(i / 20)];
      const far = Math.hypot(x - 7, y - 7);
      return Number((far < 6 && far > 2.5) || (x > 16 && y > 12));
    });
    const layer = layerOf(source, { x: 8, y: 8, scale: 2, rotation: 90 }, { width: 20, height: 16, data });
    const places = new Set(selected(layer));
    const has = (x: number, y: number) => {
      const p = mapPoint(toMatrix(layer.transform, source), { x, y });
      return places.has(`${Math.floor(p.x)} ${Math.floor(p.y)}`);
    };
    expect([has(7.5, 7.5), has(3.5, 7.5), has(18.5, 14.5), has(15, 9)]).toEqual([false, true, true, false]);
  });

  it('lands in a grid’s own coordinates, wherever on the target that grid lies', () => {
    const layer = layerOf(smoothSource(12, 9), { x: 31.4, y: 22.2, rotation: 25 });
    const whole = onto(layer)!;
    const window = { x: 28, y: 18, width: 24, height: 20 };
    const part = land(layer, window, { ...toMatrix(identity, grid), e: -28, f: -18 })!;
    for (let y = 0; y < part.mask.height; y++) {
      for (let x = 0; x < part.mask.width; x++) {
        const column = x + part.placement.x + 28 - whole.placement.x;
        const row = y + part.placement.y + 18 - whole.placement.y;
        const there = whole.mask.data[row * whole.mask.width + column]!;
        expect(part.mask.data[y * part.mask.width + x]).toBeCloseTo(there, 6);
      }
    }
  });

  it('is nothing for a mask of zero area, and for one that lands beside the grid', () => {
    const source = smoothSource(20, 16);
    const black = { width: 20, height: 16, data: new Float32Array(320) };
    expect(onto(layerOf(source, { x: 0.5 }, black))).toBeUndefined();
    expect(onto(layerOf(source, { x: 70.5 }))).toBeUndefined();
    expect(onto(layerOf(source, { x: 70 }))).toBeUndefined();
    expect(onto(layerOf(source, { x: -40, scale: 0.02, rotation: 5 }))).toBeUndefined();
  });

  it('takes a source that hangs over the grid’s edges as far as it lies on it', () => {
    const landed = onto(layerOf(smoothSource(30, 24), { x: -15.5, y: 38.5, rotation: 10 }))!;
    expect(landed.placement.x).toBe(0);
    expect(landed.placement.y + landed.mask.height).toBe(50);
    expect(landed.mask.data).toContain(1);
  });
});

describe('land, with a mask of a part of its source', () => {
  const source = smoothSource(24, 18);
  const soft = rasterOf({ width: 24, height: 18 }, 1, (x, y) =>
    Math.min(Math.max(5.5 - Math.hypot(x - 11, y - 9), 0), 1),
  );
  /** What `soft` selects and two pixels around it. */
  const part = { x: 3, y: 1, width: 17, height: 17 };
  const cut = (): Mask => ({
    ...rasterOf(part, 1, (x, y) => (y + 1 < 18 ? soft.data[(y + 1) * 24 + x + 3]! : 0)),
  });

  it.each([
    ['turned', { x: 12.3, y: 9.1, scale: 1.2, rotation: 25 }],
    ['reduced', { x: 10.5, y: 8, scale: 0.6 }],
    ['moved by whole pixels', { x: 7, y: 4 }],
  ])('lands a source that is %s as with all of its mask', (_, transform) => {
    const whole = onto(layerOf(source, transform, soft))!;
    const landed = onto({ ...layerOf(source, transform, cut()), maskAt: { ...part, step: 1 } })!;
    const at = ({ mask, source: image, placement }: typeof whole, x: number, y: number) => {
      const [i, j] = [x - placement.x, y - placement.y];
      const isIn = i >= 0 && j >= 0 && i < mask.width && j < mask.height;
      const share = isIn ? mask.data[j * mask.width + i]! : 0;
      return { share, value: share > 1e-5 ? image.data[j * mask.width + i]! : 0 };
    };
    let most = 0;
    for (let y = 0; y < grid.height; y++) {
      for (let x = 0; x < grid.width; x++) {
        const [a, b] = [at(whole, x, y), at(landed, x, y)];
        const value = Math.min(a.share, b.share) > 1e-5 ? Math.abs(a.value - b.value) : 0;
        most = Math.max(most, Math.abs(a.share - b.share), value);
      }
    }
    expect(most).toBeLessThan(1e-4);
  });

  it('lies where its steps say, and nowhere where it selects nothing of the source', () => {
    const mask = { width: 3, height: 3, data: Float32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0) };
    const { mask: landed, placement } = onto({
      ...layerOf(source, {}, mask),
      maskAt: { x: 4, y: 2, step: 4 },
    })!;
    const peak = landed.data.indexOf(Math.max(...landed.data));
    expect(placement.x + (peak % landed.width)).toBeGreaterThanOrEqual(8);
    expect(placement.x + (peak % landed.width)).toBeLessThan(12);
    expect(onto({ ...layerOf(source, {}, mask), maskAt: { x: 24, y: 2, step: 4 } })).toBeUndefined();
  });
});
