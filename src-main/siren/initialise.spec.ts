import { describe, expect, it } from 'vitest';

import { initialise } from './initialise.ts';
import { parameterCount } from './spec.ts';

const spec = { channels: 3, hidden: 128, layers: 4, omega: 30 } as const;

describe("SIREN's initialisation", () => {
  it('fills the paper’s ranges and its own disc, ω folded in, and repeats itself from a seed', () => {
    const { W, b } = initialise(spec, 1);
    const reach = (data: Float32Array | undefined) => Math.max(...data!.map(Math.abs));
    const hidden = Math.sqrt(6 / 128);
    const within = (value: number, bound: number) => {
      expect(value).toBeLessThanOrEqual(bound * 1.0001);
      expect(value).toBeGreaterThan(0.9 * bound);
    };
    within(reach(W[2]), hidden);
    within(reach(W[4]), hidden / 30);
    within(reach(b[0]), 30 / Math.SQRT2);
    expect(reach(b[4])).toBe(0);
    expect(initialise(spec, 1)).toEqual({ W, b });
    expect(initialise(spec, 2)).not.toEqual({ W, b });
  });

  it('spreads the first frequencies evenly over a disc, with the mean square of the paper’s square', () => {
    const hidden = 2000;
    const W = initialise({ ...spec, hidden, layers: 1 }, 4).W[0]!;
    const squares = Float64Array.from({ length: hidden }, (_, j) => W[j]! ** 2 + W[hidden + j]! ** 2);
    const mean = squares.reduce((sum, square) => sum + square, 0) / hidden;
    expect(mean / (2 * (30 ** 2 / 12))).toBeCloseTo(1, 1);
    expect(Math.max(...squares)).toBeLessThanOrEqual(1.0001 * (30 ** 2 / 3));
    const inner = squares.filter((square) => square < 30 ** 2 / 6).length;
    expect(inner / hidden).toBeCloseTo(0.5, 1);
    const right = W.subarray(0, hidden).filter((w) => w > 0).length;
    expect(right / hidden).toBeCloseTo(0.5, 1);
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
