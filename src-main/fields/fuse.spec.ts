import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fusionModes } from '../../src-shared/model/fusion.ts';
import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { fuse, type Fusion } from './fuse.ts';
import { gradientOf } from './gradient.ts';
import { crop } from './raster.ts';
import { largestDifference, noiseRaster, rasterOf, seededRandom } from './testing.ts';

const staggered = (size: Size, channels: ChannelCount, seed: number) =>
  gradientOf(noiseRaster(size, channels, seed), 'staggered');

function maskOf({ width, height }: Size, valueAt: (x: number, y: number) => number): Mask {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    valueAt(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

const size = { width: 12, height: 10 };
const full = maskOf(size, () => 1);
const request = (changes: Partial<Fusion> = {}): Fusion => ({
  target: staggered(size, 3, 1),
  source: staggered(size, 3, 2),
  mask: full,
  placement: { x: 0, y: 0 },
  mode: 'import',
  alpha: 0.5,
  ...changes,
});
const refused = (code: string) => expect.objectContaining({ code });

describe('fuse', () => {
  it('takes the source whole under a mask that is 1 everywhere', () => {
    const { field, inside } = fuse(request());
    expect(field).toEqual(request().source);
    expect(inside.every((value) => value === 1)).toBe(true);
  });

  it('gives the source to each difference that touches the region, and to no other', () => {
    const { target, source } = request();
    const mask = maskOf(size, (x, y) => Number(x === 5 && y === 4));
    const { field, inside } = fuse(request({ mask }));
    const at = (x: number, y: number): number => y * 12 + x;
    const taken = (planar: Float64Array, own: Float64Array): number[] =>
      [...planar.subarray(0, 120).keys()].filter((i) => planar[i] !== own[i]);
    expect(taken(field.dx, target.dx)).toEqual([at(4, 4), at(5, 4)]);
    expect(taken(field.dy, target.dy)).toEqual([at(5, 3), at(5, 4)]);
    expect(field.dx[at(4, 4)]).toBe(source.dx[at(4, 4)]);
    expect(field.dy[at(5, 3)]).toBe(source.dy[at(5, 3)]);
    expect(inside.indexOf(1)).toBe(at(5, 4));
    expect(inside.lastIndexOf(1)).toBe(at(5, 4));
  });

  it('leaves the target’s difference where the source ends', () => {
    const small = { width: 3, height: 3 };
    const source = staggered(small, 3, 2);
    const { target } = request();
    const { field } = fuse(request({ source, mask: maskOf(small, () => 1), placement: { x: 4, y: 4 } }));
    const row = 5 * 12;
    expect(field.dx[row + 3]).toBe(target.dx[row + 3]);
    expect(field.dx[row + 6]).toBe(target.dx[row + 6]);
    expect(field.dx[row + 4]).toBe(source.dx[3]! * (6 / 1.5));
    expect(field.dx[row + 5]).toBe(source.dx[4]! * (6 / 1.5));
  });

  it('counts the source in units of the target’s domain', () => {
    const content = (x: number, y: number, c: number): number => (x * 3 + y * y + c * x * y) / 256;
    const target = gradientOf(rasterOf(size, 3, content), 'staggered');
    const source = gradientOf(rasterOf({ width: 32, height: 16 }, 3, content), 'staggered');
    const { field } = fuse(request({ target, source, mask: maskOf({ width: 32, height: 16 }, () => 1) }));
    expect(largestDifference(field.dx, target.dx)).toBeLessThan(1e-15);
    expect(largestDifference(field.dy, target.dy)).toBeLessThan(1e-15);
  });

  it.each(fusionModes)('leaves the target as it is in %s where the source has the same content', (mode) => {
    const grey = mode === 'monochrome';
    const target = staggered(size, grey ? 1 : 3, 7);
    const random = seededRandom(3);
    const { field } = fuse(
      request({ target, source: target, mask: maskOf(size, () => random()), mode, alpha: 0.3 }),
    );
    expect(field).toEqual(target);
  });

  it('blends by the larger mask value of a difference’s two pixels', () => {
    const { target, source } = request();
    const mask = maskOf(size, (x) => x / 16);
    const { field } = fuse(request({ mask }));
    for (let x = 0; x < 11; x++) {
      const m = (x + 1) / 16;
      expect(field.dx[x]).toBeCloseTo((1 - m) * target.dx[x]! + m * source.dx[x]!, 13);
      expect(field.dy[x]).toBeCloseTo((1 - x / 16) * target.dy[x]! + (x / 16) * source.dy[x]!, 13);
    }
  });

  it('averages by α', () => {
    const { target, source } = request();
    const { field } = fuse(request({ mode: 'average', alpha: 0.25 }));
    expect(
      largestDifference(
        field.dx,
        target.dx.map((t, i) => 0.75 * t + 0.25 * source.dx[i]!),
      ),
    ).toBeLessThan(1e-14);
  });

  it('takes in mixed, at each pixel, the larger gradient of all channels together', () => {
    const { target, source } = request();
    const { field } = fuse(request({ mode: 'mixed' }));
    const energy = ({ dx, dy }: typeof target, i: number): number =>
      [0, 120, 240].reduce((sum, plane) => sum + dx[plane + i]! ** 2 + dy[plane + i]! ** 2, 0);
    for (let i = 0; i < 120; i++) {
      const larger = energy(source, i) > energy(target, i) ? source : target;
      for (const plane of [0, 120, 240]) {
        expect(field.dx[plane + i]).toBe(larger.dx[plane + i]);
        expect(field.dy[plane + i]).toBe(larger.dy[plane + i]);
      }
    }
  });

  it('compares in mixed only the differences that both images have', () => {
    const target = gradientOf(
      rasterOf(size, 1, (x) => x / 16),
      'staggered',
    );
    const small = { width: 2, height: 2 };
    const source = gradientOf(
      rasterOf(small, 1, (_, y) => y / 64),
      'staggered',
    );
    const { field } = fuse(
      request({ target, source, mask: maskOf(small, () => 1), placement: { x: 3, y: 3 }, mode: 'mixed' }),
    );
    expect(field.dy[3 * 12 + 3]).toBe(0);
    expect(field.dy[3 * 12 + 4]).toBe((1 / 64) * 6);
    expect(field.dx).toEqual(target.dx);
  });

  it('gives the source’s luminance to every channel in monochrome', () => {
    const { source } = request();
    const { field } = fuse(request({ mode: 'monochrome' }));
    for (let i = 0; i < 120; i++) {
      const luminance = 0.2126 * source.dx[i]! + 0.7152 * source.dx[120 + i]! + 0.0722 * source.dx[240 + i]!;
      for (const plane of [0, 120, 240]) expect(field.dx[plane + i]).toBe(luminance);
    }
  });

  it('repeats a grey source on a colour target, and takes a colour source’s luminance on a grey one', () => {
    const grey = staggered(size, 1, 2);
    const onColour = fuse(request({ source: grey })).field;
    for (const plane of [0, 120, 240]) expect(onColour.dx.slice(plane, plane + 120)).toEqual(grey.dx);
    const target = staggered(size, 1, 5);
    expect(fuse(request({ target })).field).toEqual(fuse(request({ target, mode: 'monochrome' })).field);
  });

  it('clips at the target’s edges as if the source had been cropped to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -15, max: 11 }),
        fc.integer({ min: -13, max: 9 }),
        fc.constantFrom(...fusionModes),
        fc.integer(),
        (x, y, mode, seed) => {
          const sourceSize = { width: 16, height: 14 };
          const image = noiseRaster(sourceSize, 3, seed);
          const random = seededRandom(seed + 1);
          const mask = maskOf(sourceSize, () => Math.max(0, random() * 2 - 0.5));
          const left = Math.max(0, -x);
          const top = Math.max(0, -y);
          const visible = {
            x: left,
            y: top,
            width: Math.min(16, 12 - x) - left,
            height: Math.min(14, 10 - y) - top,
          };
          const whole = request({ source: gradientOf(image, 'staggered'), mask, placement: { x, y }, mode });
          const clipped = request({
            source: gradientOf(crop(image, visible), 'staggered'),
            mask: crop({ ...mask, channels: 1 }, visible),
            placement: { x: x + left, y: y + top },
            mode,
          });
          fc.pre(clipped.mask.data.some((value) => value > 0));
          const a = fuse(whole);
          const b = fuse(clipped);
          expect(a.inside).toEqual(b.inside);
          expect(largestDifference(a.field.dx, b.field.dx)).toBeLessThan(1e-13);
          expect(largestDifference(a.field.dy, b.field.dy)).toBeLessThan(1e-13);
        },
      ),
      { seed: 12 },
    );
  });

  it('says which of its inputs cannot be cloned', () => {
    expect(() => fuse(request({ mask: maskOf(size, () => 0) }))).toThrow(refused('empty-mask'));
    expect(() => fuse(request({ placement: { x: 12, y: 0 } }))).toThrow(refused('nothing-to-clone'));
    expect(() => fuse(request({ placement: { x: 0, y: -10 } }))).toThrow(refused('nothing-to-clone'));
    const corner = maskOf(size, (x, y) => Number(x === 11 && y === 9));
    expect(() => fuse(request({ mask: corner, placement: { x: 1, y: 0 } }))).toThrow(
      refused('nothing-to-clone'),
    );
    expect(() => fuse(request({ mask: maskOf({ width: 10, height: 12 }, () => 1) }))).toThrow(
      refused('size-mismatch'),
    );
    expect(() => fuse(request({ placement: { x: 0.5, y: 0 } }))).toThrow(refused('bad-option'));
    expect(() => fuse(request({ alpha: -0.1 }))).toThrow(refused('bad-option'));
    const spectral = gradientOf(noiseRaster(size, 3, 1), 'spectral');
    expect(() => fuse(request({ target: spectral }))).toThrow(refused('bad-option'));
  });
});
