import { describe, expect, it } from 'vitest';

import { initialise } from './initialise.ts';
import { parameterCount } from './spec.ts';

const spec = { channels: 3, hidden: 128, layers: 4, omega: 30 } as const;

describe("SIREN's initialisation", () => {
  it('fills the ranges of the paper with ω folded in, and repeats itself from a seed', () => {
    const { W, b } = initialise(spec, 1);
    const reach = (data: Float32Array | undefined) => Math.max(...data!.map(Math.abs));
    const hidden = Math.sqrt(6 / 128);
    const within = (value: number, bound: number) => {
      expect(value).toBeLessThanOrEqual(bound * 1.0001);
      expect(value).toBeGreaterThan(0.9 * bound);
    };
    within(reach(W[0]), 30 / 2);
    within(reach(W[2]), hidden);
    within(reach(W[4]), hidden / 30);
    within(reach(b[0]), 30 / Math.SQRT2);
    expect(reach(b[4])).toBe(0);
    expect(initialise(spec, 1)).toEqual({ W, b });
    expect(initialise(spec, 2)).not.toEqual({ W, b });
  });

  it('gives hidden layers inputs of about unit variance', () => {
    const { W } = initialise(spec, 3);
    const variance = W[2]!.reduce((sum, w) => sum + w * w, 0) / W[2]!.length;
    expect(128 * variance * 0.5).toBeCloseTo(1, 0);
  });

  it('has as many numbers as its spec says', () => {
    const { W, b } = initialise(spec, 1);
    const count = [...W, ...b].reduce((sum, data) => sum + data.length, 0);
    expect(count).toBe(parameterCount(spec));
  });
});
