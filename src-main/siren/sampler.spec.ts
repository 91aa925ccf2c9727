import { describe, expect, it } from 'vitest';

import { importanceOf } from './importance.ts';
import { Random } from './random.ts';
import { Sampler } from './sampler.ts';

const set = {
  count: 10,
  power: 1,
  write: (index: number, into: { points: Float32Array }, row: number) => void (into.points[2 * row] = index),
};
const room = (n: number) => ({
  points: new Float32Array(2 * n),
  direction: new Float32Array(2 * n),
  target: new Float32Array(n),
  weight: new Float32Array(n),
});

function draw(sampler: Sampler, n: number): number[] {
  const into = room(n);
  sampler.fill(into, n, 1);
  return Array.from({ length: n }, (_, i) => into.points[2 * i]!);
}

describe('a sampler', () => {
  it('draws every sample once an epoch, in another order each', () => {
    const sampler = new Sampler(set, new Random(1));
    const [first, second] = [draw(sampler, 10), draw(sampler, 10)];
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect([...first].sort()).toEqual(all);
    expect([...second].sort()).toEqual(all);
    expect(second).not.toEqual(first);
  });

  it.each([0, 3, 10, 14, 20])('goes on where another stood after %i draws', (n) => {
    const one = new Sampler(set, new Random(1));
    draw(one, n);
    const other = new Sampler(set, new Random(99));
    other.resume(one.state);
    expect(draw(other, 25)).toEqual(draw(one, 25));
  });

  describe('of samples that weigh differently', () => {
    const weights = Float32Array.of(4, 1, 0.25, 0.001, 1, 0.25, 1, 1, 0.5, 1);
    const weighted = { ...set, importance: importanceOf(weights)! };

    it('draws light ones more rarely, and each counts what it weighs on the average', () => {
      const sampler = new Sampler(weighted, new Random(5));
      const [counts, sums] = [new Array<number>(10).fill(0), new Array<number>(10).fill(0)];
      const n = 80_000;
      const into = room(n);
      sampler.fill(into, n, 1);
      for (let row = 0; row < n; row++) {
        counts[into.points[2 * row]!]!++;
        sums[into.points[2 * row]!]! += into.weight[row]!;
      }
      const [once, unit] = [counts[1]!, sums[1]!];
      weights.forEach((weight, i) => {
        expect(counts[i]! / once).toBeCloseTo(Math.min(1, Math.max(1 / 16, weight)), 1);
        expect(sums[i]! / unit / weight).toBeCloseTo(1, 1);
      });
    });

    it.each([0, 3, 14])('goes on where another stood after %i draws', (n) => {
      const one = new Sampler(weighted, new Random(1));
      draw(one, n);
      const other = new Sampler(weighted, new Random(99));
      other.resume(one.state);
      expect(draw(other, 25)).toEqual(draw(one, 25));
    });

    it('comes to an end where none weighs anything', () => {
      const sampler = new Sampler({ ...set, importance: importanceOf(new Float32Array(10))! }, new Random(1));
      const into = room(4);
      sampler.fill(into, 4, 1);
      expect([...into.weight]).toEqual([0, 0, 0, 0]);
    });
  });

  it('cannot go on where more were drawn than it has', () => {
    const { state } = new Sampler({ ...set, count: 30 }, new Random(1));
    expect(() => new Sampler(set, new Random(1)).resume({ ...state, drawn: 30 })).toThrow(RangeError);
  });
});
