import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinearImage } from '../../src-shared/model/image.ts';
import { resizeImage, resizeImageTo, resizeMask, sizeWithin } from './resample.ts';

const never = new AbortController().signal;

function image(
  width: number,
  height: number,
  value: (x: number, y: number, c: number) => number,
): LinearImage {
  const count = width * height;
  const data = Float32Array.from({ length: 3 * count }, (_, k) => {
    const i = k % count;
    return value(i % width, Math.floor(i / width), Math.floor(k / count));
  });
  return { width, height, channels: 3, encoding: 'srgb', bitDepth: 8, data };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

describe('the size within a longest side', () => {
  it('keeps the proportions to the nearest pixel and never grows unasked', () => {
    expect(sizeWithin({ width: 640, height: 427 }, 256)).toEqual({ width: 256, height: 171 });
    expect(sizeWithin({ width: 427, height: 640 }, 256)).toEqual({ width: 171, height: 256 });
    expect(sizeWithin({ width: 1, height: 4000 }, 100)).toEqual({ width: 1, height: 100 });
    expect(sizeWithin({ width: 30, height: 20 }, 60)).toEqual({ width: 30, height: 20 });
    expect(sizeWithin({ width: 30, height: 20 }, 60, { enlarge: true })).toEqual({ width: 60, height: 40 });
  });

  it.each([0, -1, 1.5, NaN])('of %d is refused', (side) => {
    expect(() => sizeWithin({ width: 2, height: 2 }, side)).toThrow(
      expect.objectContaining({ code: 'bad-option' }) as Error,
    );
  });
});

describe('a resized image', () => {
  it('of one colour is that colour, whatever the sizes', async () => {
    const side = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(side, side, side, side, async (width, height, newWidth, newHeight) => {
        const flat = image(width, height, (_x, _y, c) => 0.2 + 0.3 * c);
        const resized = await resizeImageTo(never, flat, { width: newWidth, height: newHeight });
        const expected = image(newWidth, newHeight, (_x, _y, c) => 0.2 + 0.3 * c);
        expect(resized.data).toEqual(expected.data);
      }),
      { numRuns: 40 },
    );
  });

  it('has a ramp where it was, in the middle to float precision', async () => {
    const ramp = image(120, 90, (x, y, c) => (c === 0 ? x / 120 : y / 90) + 0.5 / (c === 0 ? 120 : 90));
    const { data } = await resizeImage(never, ramp, 40);
    // A third of the size: pixel centre (i+½)/40 in units of the side, away from the border's cut filter.
    for (let i = 6; i < 34; i++) expect(data[15 * 40 + i]).toBeCloseTo((i + 0.5) / 40, 3);
    for (let j = 6; j < 24; j++) expect(data[1200 + j * 40 + 20]).toBeCloseTo((j + 0.5) / 30, 3);
  });

  it('keeps what fits and drops what would alias', async () => {
    const wave = (periods: number) =>
      image(256, 4, (x) => 0.5 + 0.4 * Math.sin((2 * Math.PI * periods * (x + 0.5)) / 256));
    const low = await resizeImageTo(never, wave(4), { width: 64, height: 4 });
    const expected = image(64, 4, (x) => 0.5 + 0.4 * Math.sin((2 * Math.PI * 4 * (x + 0.5)) / 64));
    const middle = (data: Float32Array) => data.subarray(4, 60);
    expect(largestDifference(middle(low.data), middle(expected.data))).toBeLessThan(0.01);
    const high = await resizeImageTo(never, wave(72), { width: 64, height: 4 });
    expect(largestDifference(middle(high.data), new Float32Array(56).fill(0.5))).toBeLessThan(0.02);
  });

  it('mirrors as its source does', async () => {
    const source = image(37, 11, (x, y, c) => ((x * 7 + y * 13 + c * 5) % 17) / 17);
    const mirrored = image(37, 11, (x, y, c) => (((36 - x) * 7 + y * 13 + c * 5) % 17) / 17);
    const a = await resizeImageTo(never, source, { width: 15, height: 8 });
    const b = await resizeImageTo(never, mirrored, { width: 15, height: 8 });
    const back = a.data.map((_, k) => b.data[k - (k % 15) + 14 - (k % 15)]!);
    expect(largestDifference(a.data, back)).toBeLessThan(1e-6);
  });

  it('does not overshoot the range of its source', async () => {
    const edge = image(64, 64, (x, y) => (x + y < 64 ? 0 : 1));
    const { data } = await resizeImage(never, edge, 23);
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBe(1);
  });

  it('carries its alpha, its encoding and its depth along', async () => {
    const alpha = new Float32Array(100).fill(0.25);
    const source: LinearImage = { ...image(10, 10, () => 0.5), alpha, bitDepth: 16, encoding: 'linear' };
    const resized = await resizeImage(never, source, 5);
    expect(resized).toMatchObject({ width: 5, height: 5, bitDepth: 16, encoding: 'linear' });
    expect(resized.alpha).toEqual(new Float32Array(25).fill(0.25));
  });

  it('is the source itself where it is small enough', async () => {
    const source = image(10, 8, () => 0.5);
    expect(await resizeImage(never, source, 12)).toBe(source);
    expect(await resizeImage(never, source, 10)).toBe(source);
  });

  it('can be cancelled', async () => {
    const cancelled = resizeImage(
      AbortSignal.abort(),
      image(10, 8, () => 0.5),
      4,
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a resized mask', () => {
  it('stays within 0…1 and keeps its area', async () => {
    const width = 60;
    const data = Float32Array.from({ length: width * width }, (_, i) =>
      Math.hypot((i % width) - 29.5, Math.floor(i / width) - 29.5) < 20 ? 1 : 0,
    );
    const area = data.reduce((sum, value) => sum + value, 0) / data.length;
    const resized = await resizeMask(never, { width, height: width, data }, { width: 30, height: 30 });
    expect(Math.max(...resized.data)).toBeLessThanOrEqual(1);
    expect(Math.min(...resized.data)).toBeGreaterThanOrEqual(0);
    expect(resized.data.reduce((sum, value) => sum + value, 0) / 900).toBeCloseTo(area, 2);
  });
});
