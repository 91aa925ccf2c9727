import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { okLab, wand } from './wand.ts';

const [width, height] = [13, 9];
const colours = [
  [10, 10, 10],
  [14, 11, 12],
  [200, 30, 40],
  [30, 60, 220],
] as const;
const picture = (indices: readonly number[]) => ({
  width,
  height,
  data: Uint8Array.from(indices.flatMap((i) => [...colours[i]!, 255])),
});
const indices = fc.array(fc.nat(3), { minLength: width * height, maxLength: width * height });
const seed = fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1) });

const labOf = (i: number) => {
  const [red, green, blue] = colours[i]!;
  return okLab(red, green, blue);
};
const distance = (a: number, b: number) => {
  const [p, q] = [labOf(a), labOf(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};
/** Spreads from the seed a step at a time until nothing is added. */
const plainFlood = (indices: readonly number[], from: number, tolerance: number) => {
  const belongs = indices.map((i) => distance(i, indices[from]!) <= tolerance);
  const reached = new Set([from]);
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const i of [...reached]) {
      const x = i % width;
      const next = [x > 0 ? i - 1 : -1, x + 1 < width ? i + 1 : -1, i - width, i + width];
      for (const j of next) if (belongs[j] === true) reached.add(j);
    }
  }
  return reached;
};
const wholly = (coverage: ReturnType<typeof wand>) =>
  new Set(
    [...coverage.data.keys()]
      .filter((i) => coverage.data[i] === 255)
      .map((i) => (coverage.y + Math.floor(i / coverage.width)) * width + coverage.x + (i % coverage.width)),
  );

describe('the wand', () => {
  it('selects what hangs together with the pixel clicked and is no further in colour', () => {
    fc.assert(
      fc.property(indices, seed, fc.constantFrom(0, 0.02, 0.5, 2), (drawn, at, tolerance) => {
        const selected = wholly(wand(picture(drawn), at, { tolerance, contiguous: true }));
        const expected = plainFlood(drawn, at.y * width + at.x, tolerance);
        expect([...selected].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
      }),
      { seed: 7 },
    );
  });

  it('selects that colour everywhere where it need not hang together', () => {
    fc.assert(
      fc.property(indices, seed, fc.constantFrom(0, 0.02, 0.5), (drawn, at, tolerance) => {
        const selected = wholly(wand(picture(drawn), at, { tolerance, contiguous: false }));
        const own = drawn[at.y * width + at.x]!;
        const expected = [...drawn.keys()].filter((pixel) => distance(drawn[pixel]!, own) <= tolerance);
        expect([...selected].sort((a, b) => a - b)).toEqual(expected);
      }),
      { seed: 7 },
    );
  });

  it('covers a pixel beside the selection by how near its colour is', () => {
    const grey = (value: number) => [value, value, value, 255];
    const data = Uint8Array.from([100, 100, 108, 200, 200].flatMap(grey));
    const [near, far] = [108, 200].map((value) =>
      Math.abs(okLab(value, value, value)[0] - okLab(100, 100, 100)[0]),
    );
    const tolerance = near! / 1.25;
    const {
      x,
      width,
      data: row,
    } = wand({ width: 5, height: 1, data }, { x: 0, y: 0 }, { tolerance, contiguous: true });
    expect(far).toBeGreaterThan(2 * tolerance);
    expect([x, width, ...row]).toEqual([0, 3, 255, 255, 128]);
  });

  it('measures in OKLab: white is lightness 1 without colour, and red, green, blue are where its author puts them', () => {
    const near = (got: readonly number[], want: readonly number[]) =>
      got.forEach((value, i) => expect(value).toBeCloseTo(want[i]!, 3));
    near(okLab(255, 255, 255), [1, 0, 0]);
    near(okLab(0, 0, 0), [0, 0, 0]);
    near(okLab(255, 0, 0), [0.628, 0.2249, 0.1258]);
    near(okLab(0, 255, 0), [0.8664, -0.2339, 0.1795]);
    near(okLab(0, 0, 255), [0.452, -0.0325, -0.3115]);
  });
});
