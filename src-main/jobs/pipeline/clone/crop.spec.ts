import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinearImage } from '../../../../src-shared/model/image.ts';
import { centreCrop, largestOfShape } from './crop.ts';

const side = fc.integer({ min: 1, max: 4000 });
const size = fc.record({ width: side, height: side });

describe('the largest size of a shape', () => {
  it('fits, touches one side and keeps the shape to a pixel', () => {
    fc.assert(
      fc.property(size, size, (within, like) => {
        const { width, height } = largestOfShape(within, like);
        expect(width).toBeLessThanOrEqual(within.width);
        expect(height).toBeLessThanOrEqual(within.height);
        expect(width === within.width || height === within.height).toBe(true);
        const scale = Math.min(within.width / like.width, within.height / like.height);
        expect(Math.abs(width - Math.max(1, like.width * scale))).toBeLessThanOrEqual(0.5);
        expect(Math.abs(height - Math.max(1, like.height * scale))).toBeLessThanOrEqual(0.5);
      }),
      { seed: 1 },
    );
  });
});

describe('a crop about the centre', () => {
  it('keeps the middle of every channel and of alpha', () => {
    const data = Float32Array.from({ length: 36 }, (_, i) => i);
    const alpha = Float32Array.from({ length: 12 }, (_, i) => i);
    const image: LinearImage = {
      width: 4,
      height: 3,
      channels: 3,
      encoding: 'srgb',
      bitDepth: 8,
      data,
      alpha,
    };
    const cropped = centreCrop(image, { width: 2, height: 1 });
    expect([...cropped.data]).toEqual([5, 6, 17, 18, 29, 30]);
    expect([...cropped.alpha!]).toEqual([5, 6]);
  });
});
