import { describe, expect, it } from 'vitest';
import { boundingBox } from './bounding-box.ts';

const plane = [0, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 1, 0];

describe('boundingBox', () => {
  it('encloses every value above 0', () => {
    expect(boundingBox(plane, 4, 3)).toEqual({ x: 1, y: 1, width: 2, height: 2 });
  });

  it('looks only within the rectangle it is given, clipped to the plane', () => {
    expect(boundingBox(plane, 4, 3, { x: 2, y: -5, width: 10, height: 10 })).toEqual({
      x: 2,
      y: 2,
      width: 1,
      height: 1,
    });
  });

  it('finds nothing where nothing is above 0', () => {
    expect(boundingBox([0, -1, Number.NaN, 0], 2, 2)).toBeUndefined();
    expect(boundingBox(plane, 4, 3, { x: 9, y: 9, width: 2, height: 2 })).toBeUndefined();
    expect(boundingBox(plane, 4, 3, { x: -9, y: 0, width: 2, height: 3 })).toBeUndefined();
  });
});
