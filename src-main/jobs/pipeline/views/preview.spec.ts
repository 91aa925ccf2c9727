import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleAt } from '../network.ts';
import { previewGrid, spread } from './preview.ts';

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 700 }),
  height: fc.integer({ min: 1, max: 700 }),
});

describe('the grid of a preview', () => {
  it('lies on pixel centres, from the first to the last, in order, and stays small', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { columns, rows, x, y } = previewGrid(size, 4096);
        const across = Array.from({ length: columns }, (_, i) => x(i));
        expect(across[0]).toBe(0);
        expect(across.at(-1)).toBe(size.width - 1);
        expect(
          across.every((place, i) => Number.isInteger(place) && (i === 0 || place > across[i - 1]!)),
        ).toBe(true);
        expect(y(rows - 1)).toBe(size.height - 1);
        expect(columns * rows).toBeLessThanOrEqual(1.1 * 4096 + 2 * 700);
      }),
      { seed: 4 },
    );
  });

  it('is every pixel of a small picture', () => {
    expect(previewGrid({ width: 48, height: 32 }, 4096)).toMatchObject({ columns: 48, rows: 32 });
  });
});

describe('a preview spread over all pixels', () => {
  it('gives back a picture that is bilinear, with the constant added', () => {
    const size = { width: 301, height: 257 };
    const grid = previewGrid(size, 16_384);
    const picture = Float32Array.from(
      { length: size.width * size.height },
      (_, i) => 0.002 * (i % size.width) - 0.001 * Math.floor(i / size.width),
    );
    const { data, channels } = spread({ value: sampleAt(picture, size, 1, grid) }, grid, size, [0.25]);
    expect(channels).toBe(1);
    let largest = 0;
    for (let i = 0; i < data.length; i++)
      largest = Math.max(largest, Math.abs(data[i]! - picture[i]! - 0.25));
    expect(largest).toBeLessThan(1e-6);
  });
});
