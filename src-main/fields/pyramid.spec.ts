import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, toMatrix } from '../../src-shared/model/composition.ts';
import { boundingBox } from './bounding-box.ts';
import { catmullRom, tent } from './kernels.ts';
import { maskBounds } from './mask-bounds.ts';
import { Pyramid } from './pyramid.ts';
import { warp } from './warp.ts';

const image = { width: 53, height: 38, channels: 3 as const, data: new Float32Array(3 * 53 * 38) };
image.data.forEach((_, i) => {
  image.data[i] = ((i * 7919) % 1009) / 1009;
});
const pyramid = new Pyramid(image);

describe('an image with its reductions', () => {
  it('is resampled as the image by itself, to the bit, at any scale, turn and place', () => {
    const factor = fc.double({ min: 0.06, max: 1.3, noNaN: true });
    const offset = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(
        factor,
        fc.constantFrom(0, 20, 90, 213.7),
        offset,
        offset,
        fc.constantFrom(catmullRom, tent),
        (scale, rotation, x, y, kernel) => {
          const placed = toMatrix({ x, y, scale: 1, rotation, flipX: false, flipY: true }, image);
          const matrix = compose({ a: scale, b: 0, c: 0, d: scale, e: 0, f: 0 }, placed);
          const onto = { x: 2, y: -1, width: 9, height: 7 };
          expect(warp(pyramid, matrix, onto, kernel)).toEqual(warp(image, matrix, onto, kernel));
        },
      ),
    );
  });

  it('holds no more than it says', () => {
    const small = new Pyramid({ width: 64, height: 32, channels: 1, data: new Float32Array(64 * 32) });
    let bytes = 0;
    for (let n = 0; n <= 5; n++) bytes += small.level(n).data.byteLength;
    expect(bytes).toBeLessThanOrEqual(small.bytes);
  });
});

describe('the bounds of a mask', () => {
  it('are those of its box, within any part of it too', () => {
    const side = fc.integer({ min: -3, max: 9 });
    const length = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 0.5), { minLength: 42, maxLength: 42 }),
        side,
        side,
        length,
        length,
        (values, x, y, width, height) => {
          const mask = { width: 7, height: 6, data: Float32Array.from(values) };
          const within = { x, y, width, height };
          expect(maskBounds(mask)).toEqual(boundingBox(mask.data, 7, 6));
          expect(maskBounds(mask, within)).toEqual(boundingBox(mask.data, 7, 6, within));
        },
      ),
    );
  });
});
