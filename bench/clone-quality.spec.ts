import { describe, expect, it } from 'vitest';

import { cloneQuality } from './clone-quality.ts';
import { freeFormMask } from './solver-scene.ts';
import type { SolverScene } from './solver-scene.ts';

const side = 48;
const samples = (valueAt: (x: number, y: number) => number) => ({
  width: side,
  height: side,
  channels: 3 as const,
  data: Uint8Array.from({ length: 3 * side * side }, (_, k) => {
    const i = Math.floor(k / 3);
    return valueAt(i % side, Math.floor(i / side));
  }),
});
const scene: SolverScene = {
  side,
  source: samples((x, y) => (x * x + 7 * y) % 101),
  target: samples(() => 90),
  mask: freeFormMask(side, 1000),
};
/** The source plus `added` inside the mask, the target outside. */
const cloned = (added: (x: number) => number) =>
  scene.target.data.map((value, k) => {
    const i = Math.floor(k / 3);
    return scene.mask[i] === 0 ? value : scene.source.data[k]! + added(i % side);
  });

describe('the quality of a clone', () => {
  it('is perfect for the source plus a harmonic function', () => {
    expect(
      cloneQuality(
        cloned((x) => 2 * x),
        scene,
        2,
      ),
    ).toEqual({ residual: 0, outside: 0 });
  });

  it('has the residual of what is not harmonic', () => {
    expect(
      cloneQuality(
        cloned((x) => (x - 24) ** 2 / 8),
        scene,
        2,
      ).residual,
    ).toBeGreaterThan(0.2);
    expect(
      cloneQuality(
        cloned((x) => x % 2),
        scene,
        2,
      ).residual,
    ).toBeCloseTo(2);
  });

  it('takes no notice of what is cut off at the ends of the range', () => {
    const result = cloned((x) => 2 * x);
    const middle = 3 * (24 * side + 24);
    result[middle] = 255;
    expect(cloneQuality(result, scene, 2).residual).toBe(0);
    result[middle] = 254;
    expect(cloneQuality(result, scene, 2).residual).toBeGreaterThan(1);
  });

  it('sees a single pixel changed outside the mask', () => {
    const result = cloned(() => 0);
    result[1] = 83;
    expect(cloneQuality(result, scene, 2)).toEqual({ residual: 0, outside: 7 });
  });
});
