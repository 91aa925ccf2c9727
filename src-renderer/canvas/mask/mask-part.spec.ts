import { describe, expect, it } from 'vitest';
import { MaskLevels } from './mask-levels.ts';
import { MaskRaster } from './mask-raster.ts';
import { partOf } from './mask-part.ts';

function masked() {
  const mask = new MaskRaster({ width: 24, height: 16 });
  mask.write({ x: 9, y: 6, width: 2, height: 2 }, Uint8Array.of(255, 255, 255, 255));
  return { mask, levels: new MaskLevels(mask) };
}

describe('a part of a mask', () => {
  it('is what it selects and two pixels around', () => {
    const { mask, levels } = masked();
    const { data, ...place } = partOf(levels.at(0), mask.bounds(), 0);
    expect(place).toEqual({ x: 7, y: 4, width: 6, height: 6, step: 1 });
    expect([...data.subarray(12, 18)]).toEqual([0, 0, 255, 255, 0, 0]);
  });

  it('is cut from a level, its place in the mask’s own pixels', () => {
    const { mask, levels } = masked();
    const { data, ...place } = partOf(levels.at(1), mask.bounds(), 1);
    expect(place).toEqual({ x: 4, y: 2, width: 6, height: 5, step: 2 });
    expect([...data.subarray(12, 18)]).toEqual([0, 0, 128, 128, 0, 0]);
  });

  it('ends where the mask does', () => {
    const { mask, levels } = masked();
    mask.fill(255);
    expect(partOf(levels.at(0), mask.bounds(), 0)).toMatchObject({ x: 0, y: 0, width: 24, height: 16 });
  });
});
