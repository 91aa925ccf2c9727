import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, mapPoint, toMatrix } from '../../src-shared/model/composition.ts';
import { land } from './land.ts';
import { noiseRaster } from './testing.ts';

describe('land', () => {
  it('hands a source on untouched where it is only moved', () => {
    const source = noiseRaster({ width: 5, height: 4 }, 3, 1);
    const mask = { width: 5, height: 4, data: new Float32Array(20).fill(1) };
    const layer = land({ source, mask, transform: { ...identity, x: -3, y: 7 }, mode: 'mixed', alpha: 0.2 });
    expect(layer).toEqual({ source, mask, placement: { x: -3, y: 7 }, mode: 'mixed', alpha: 0.2 });
    expect(layer.source).toBe(source);
  });

  it('puts every sample, to the bit, on the pixel that the matrix sends its centre to', () => {
    const side = fc.integer({ min: 1, max: 7 });
    const turns = fc.constantFrom(-270, -180, -90, 0, 90, 180, 270, 360);
    fc.assert(
      fc.property(side, side, turns, fc.boolean(), fc.boolean(), (width, height, rotation, flipX, flipY) => {
        const isOdd = rotation % 180 !== 0 && (width + height) % 2 === 1;
        const shift = isOdd ? 0.5 : 0;
        const transform = { x: 3 + shift, y: -2 + shift, scale: 1, rotation, flipX, flipY };
        const source = noiseRaster({ width, height }, 3, 4);
        const mask = { width, height, data: noiseRaster({ width, height }, 1, 5).data };
        const landed = land({ source, mask, transform, mode: 'import', alpha: 1 });
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
