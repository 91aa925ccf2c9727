import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atDepth, composite, outsideDifference } from './composite.ts';
import type { Patch } from '../problem.ts';
import type { Samples } from '../../../imaging/samples.ts';

const width = 5;
const height = 4;
const rectangle = { x: 1, y: 1, width: 3, height: 2 };

/** A target of any samples, any mask within the rectangle and any values for it. */
const cases = fc
  .record({ channels: fc.constantFrom(1, 2, 3, 4), deep: fc.boolean() })
  .chain(({ channels, deep }) =>
    fc.record({
      channels: fc.constant(channels as Samples['channels']),
      stored: deep
        ? fc.uint16Array({ minLength: width * height * channels, maxLength: width * height * channels })
        : fc.uint8Array({ minLength: width * height * channels, maxLength: width * height * channels }),
      inside: fc.uint8Array({ min: 0, max: 1, minLength: 6, maxLength: 6 }),
      values: fc.float32Array({ min: -1, max: 2, noNaN: true, minLength: 18, maxLength: 18 }),
    }),
  );

describe('a clone laid on its target', () => {
  it('keeps every sample outside the mask, and alpha everywhere, in 8 and in 16 bits', () => {
    fc.assert(
      fc.property(cases, ({ channels, stored, inside, values }) => {
        const target = { width, height, channels, data: stored };
        const patch: Patch = { target, rectangle, inside };
        const colours = channels < 3 ? 1 : 3;
        const bitDepth = stored instanceof Uint8Array ? 8 : 16;
        const result = composite(patch, values.subarray(0, 6 * colours), 'srgb', bitDepth);
        for (let i = 0; i < width * height; i++) {
          const [x, y] = [(i % width) - 1, Math.floor(i / width) - 1];
          const isIn = x >= 0 && y >= 0 && x < 3 && y < 2 && inside[y * 3 + x] === 1;
          for (let c = 0; c < channels; c++) {
            if (!isIn || c >= colours) expect(result.data[i * channels + c]).toBe(stored[i * channels + c]);
          }
        }
        expect(outsideDifference(patch, result)).toBe(0);
      }),
      { seed: 2 },
    );
  });

  it('has the values inside, rounded and cut', () => {
    const target: Samples = { width, height, channels: 1, data: new Uint8Array(width * height) };
    const patch: Patch = { target, rectangle, inside: Uint8Array.of(1, 1, 1, 0, 0, 0) };
    const result = composite(patch, Float32Array.of(0.5, -1, 2, 0.5, 0.5, 0.5), 'srgb', 8);
    expect([...result.data.subarray(5, 10)]).toEqual([0, 128, 0, 255, 0]);
  });

  it('reports any difference outside, in steps of 8 bits', () => {
    const target: Samples = { width, height, channels: 1, data: new Uint16Array(width * height) };
    const patch: Patch = { target, rectangle, inside: new Uint8Array(6).fill(1) };
    const data = target.data.slice();
    data[0] = 257 * 3;
    data[6] = 65535;
    expect(outsideDifference(patch, { ...target, data })).toBe(3);
  });

  it('finds grey and alpha again in a file of a format that has colours alone', () => {
    const target: Samples = { width: 1, height: 1, channels: 2, data: Uint8Array.of(10, 200) };
    const patch: Patch = { target, rectangle: { ...rectangle, width: 0 }, inside: new Uint8Array(0) };
    const written = (...bytes: number[]): Samples => ({
      ...target,
      channels: 4,
      data: Uint8Array.from(bytes),
    });
    expect(outsideDifference(patch, written(10, 10, 10, 200))).toBe(0);
    expect(outsideDifference(patch, written(10, 10, 10, 198))).toBe(2);
    expect(outsideDifference(patch, { ...target, channels: 1, data: Uint8Array.of(11) })).toBe(1);
  });
});

describe('another depth', () => {
  it('upwards and back changes nothing', () => {
    const data = Uint8Array.from({ length: 256 }, (_, i) => i);
    const deep = atDepth({ width: 256, height: 1, channels: 1, data }, 16);
    expect(deep.data[255]).toBe(65535);
    expect(atDepth(deep, 8).data).toEqual(data);
  });
});
