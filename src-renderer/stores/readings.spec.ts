import { describe, expect, it } from 'vitest';
import { histogramBins, histogramOf, profileOf } from './readings.ts';
import type { Picture } from './picture.ts';

const ramp: Picture = {
  view: 'value',
  width: 8,
  height: 4,
  channels: 1,
  source: { value: Float32Array.from({ length: 32 }, (_, i) => (i % 8) / 8 + Math.floor(i / 8) / 16) },
};

describe('a line profile', () => {
  it('of a plane that grows evenly is a straight line between the pixel centres', () => {
    const { distance, values } = profileOf(ramp, { from: { x: 0.5, y: 0.5 }, to: { x: 6.5, y: 3.5 } });
    expect(distance.at(-1)).toBeCloseTo(Math.hypot(6, 3), 9);
    values.forEach((value, k) => {
      const t = k / (values.length - 1);
      expect(value).toBeCloseTo(t * (6 / 8 + 3 / 16), 6);
    });
  });

  it('has no value outside the picture', () => {
    const { values } = profileOf(ramp, { from: { x: -4, y: 2 }, to: { x: 4, y: 2 } });
    expect(values[0]).toBeNull();
    expect(values.at(-1)).not.toBeNull();
  });

  it('of a gradient’s magnitude is its norm', () => {
    const picture: Picture = {
      ...ramp,
      view: 'magnitude',
      source: { dx: new Float32Array(32).fill(3), dy: new Float32Array(32).fill(-4) },
    };
    const { values } = profileOf(picture, { from: { x: 1, y: 1 }, to: { x: 5, y: 2 } });
    expect(values.every((value) => value === 5)).toBe(true);
  });
});

describe('a histogram', () => {
  it('counts every pixel of every channel once, those beyond the range at its ends', () => {
    const colour: Picture = {
      view: 'value',
      width: 2,
      height: 1,
      channels: 3,
      source: { value: Float32Array.of(0.2, 0.2, -1, 2, 0.99, 0.5) },
    };
    const [red, green, blue] = histogramOf(colour, [0, 1]);
    expect(red?.[Math.floor(0.2 * histogramBins)]).toBe(2);
    expect([green?.[0], green?.at(-1)]).toEqual([1, 1]);
    expect([blue?.[Math.floor(0.5 * histogramBins)], blue?.at(-1)]).toEqual([1, 1]);
  });
});
