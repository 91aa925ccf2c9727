import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference, seededRandom } from '../testing.ts';
import type { Domain } from './domain.ts';
import { atOnce } from '../steps.ts';
import { solveRegion as stepsOf } from './solve-region.ts';

const never = new AbortController().signal;
/** To the end at once. */
const solveRegion = (signal: AbortSignal, ...problem: Parameters<typeof stepsOf>) =>
  atOnce(signal, stepsOf(...problem));
const tight = { tolerance: 1e-12, maxCycles: 60 };
const open = { left: true, right: true, top: true, bottom: true };
const closed = { left: false, right: false, top: false, bottom: false };

function domainOf(rows: readonly string[], free: Domain['free'] = closed): Domain {
  const inside = Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0));
  return { width: rows[0]!.length, height: rows.length, inside, free };
}

/** −Δv at every unknown, by the definition. */
function apply({ width, height, inside, free }: Domain, v: Float64Array): Float64Array {
  return Float64Array.from(v, (here, i) => {
    if (!inside[i]) return 0;
    const x = i % width;
    const y = Math.floor(i / width);
    const towards = (exists: boolean, isFree: boolean, neighbour: number): number =>
      exists ? here - (inside[neighbour] ? v[neighbour]! : 0) : isFree ? 0 : here;
    return (
      towards(x > 0, free.left, i - 1) +
      towards(x < width - 1, free.right, i + 1) +
      towards(y > 0, free.top, i - width) +
      towards(y < height - 1, free.bottom, i + width)
    );
  });
}

/** Gaussian elimination with the full matrix. */
function directSolution(domain: Domain, b: Float64Array): Float64Array {
  const unknowns = [...domain.inside.keys()].filter((i) => domain.inside[i]);
  const columns = unknowns.map((i) => {
    const unit = new Float64Array(b.length);
    unit[i] = 1;
    return apply(domain, unit);
  });
  const rows = unknowns.map((i) => [...columns.map((column) => column[i]!), b[i]!]);
  rows.forEach((pivot, p) => {
    for (const row of rows.slice(p + 1)) {
      const factor = row[p]! / pivot[p]!;
      for (let k = p; k < row.length; k++) row[k]! -= factor * pivot[k]!;
    }
  });
  const v = new Float64Array(b.length);
  for (let p = rows.length - 1; p >= 0; p--) {
    const row = rows[p]!;
    const known = unknowns.slice(p + 1).reduce((sum, i, k) => sum + row[p + 1 + k]! * v[i]!, 0);
    v[unknowns[p]!] = (row[rows.length]! - known) / row[p]!;
  }
  return v;
}

function noise(domain: Domain, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from(domain.inside, (inside) => (inside ? random() - 0.5 : 0));
}

const arbitraryDomain = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      inside: fc
        .array(fc.constantFrom(0, 1, 1), { minLength: width * height, maxLength: width * height })
        .map((values) => Uint8Array.from(values)),
      free: fc.record({ left: fc.boolean(), right: fc.boolean(), top: fc.boolean(), bottom: fc.boolean() }),
    }),
  )
  .filter(({ inside, free }) => inside.includes(0) || !(free.left && free.right && free.top && free.bottom));

describe('solveRegion', () => {
  it('agrees with elimination for any region, along any free sides', () => {
    fc.assert(
      fc.property(arbitraryDomain, fc.integer(), (domain, seed) => {
        const b = noise(domain, seed);
        const expected = directSolution(domain, b);
        solveRegion(never, domain, [b], tight);
        expect(largestDifference(b, expected)).toBeLessThan(1e-9);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('solves each plane by itself', () => {
    const domain = domainOf(['.###', '####', '##.#']);
    const planes = [1, 2, 3].map((seed) => noise(domain, seed));
    const expected = planes.map((plane) => directSolution(domain, plane));
    solveRegion(never, domain, planes, tight);
    planes.forEach((plane, c) => expect(largestDifference(plane, expected[c]!)).toBeLessThan(1e-11));
  });

  it('recovers a manufactured solution on a large region with holes, pieces and free sides', () => {
    const width = 200;
    const height = 150;
    const inside = Uint8Array.from({ length: width * height }, (_, i) => {
      const x = i % width;
      const y = Math.floor(i / width);
      const isHole = (x % 37 === 5 && y % 29 === 7) || Math.hypot(x - 60, y - 70) < 20;
      return isHole || x === 140 || (x > 140 && y === x - 100) ? 0 : 1;
    });
    const domain = { width, height, inside, free: { left: true, right: true, top: false, bottom: true } };
    const solution = noise(domain, 3).map((value, i) => (inside[i] ? value + Math.sin((i % width) / 30) : 0));
    const b = apply(domain, solution);
    solveRegion(never, domain, [b], tight);
    expect(largestDifference(b, solution)).toBeLessThan(1e-8);
  });

  const n = 129;
  type Shape = readonly [name: string, cycles: number, isInside: (x: number, y: number) => boolean];
  /** About a digit a cycle. */
  const shapes: readonly Shape[] = [
    ['an open square', 12, () => true],
    ['scattered single pixels', 12, (x, y) => x % 2 === 1 && y % 2 === 1],
    ['a checkerboard', 12, (x, y) => (x + y) % 2 === 0],
    ['a comb', 12, (x, y) => y < 4 || x % 5 < 3],
    ['two halves one pixel apart', 12, (x) => x !== 65],
    ['a thin diagonal', 12, (x, y) => Math.abs(x - y) < 2],
    ['a disc', 12, (x, y) => Math.hypot(x - 64, y - 64) < 61.3],
    ['a ring', 12, (x, y) => Math.abs(Math.hypot(x - 64, y - 64) - 50) < 9],
    ['a square with scattered holes', 16, (x, y) => (x * 7 + y * 13) % 101 !== 0],
    ['all but one pixel', 12, (x, y) => x !== 63 || y !== 63],
  ];
  it.each(shapes)('reaches ten digits on %s within %i cycles', (_, maxCycles, isInside) => {
    for (const free of [closed, { left: true, right: true, top: true, bottom: false }]) {
      const inside = Uint8Array.from({ length: n * n }, (_, i) => Number(isInside(i % n, Math.floor(i / n))));
      const domain = { width: n, height: n, inside, free };
      const b = noise(domain, 4);
      const expected = b.slice();
      solveRegion(never, domain, [b], { tolerance: 1e-10, maxCycles });
      expect(largestDifference(apply(domain, b), expected)).toBeLessThan(1e-8);
    }
  });

  it.each([
    ['in its middle', 250, 251],
    ['in its corner', 0, 0],
  ])('reaches eight digits on a free region that hangs on one pixel %s within 20 cycles', (_, x, y) => {
    const side = 513;
    const inside = new Uint8Array(side * side).fill(1);
    inside[y * side + x] = 0;
    const domain = { width: side, height: side, inside, free: open };
    const b = noise(domain, 8);
    const expected = b.slice();
    solveRegion(never, domain, [b], { tolerance: 1e-8, maxCycles: 20 });
    expect(largestDifference(apply(domain, b), expected)).toBeLessThan(1e-5);
  });

  it('gives the same bits again, whatever was solved before and whatever is solved meanwhile', () => {
    const domain = domainOf(['.#######.', '#########', '#########', '####.####', '#########', '.########']);
    const plane = noise(domain, 5);
    const [once, again] = [plane.slice(), plane.slice()];
    solveRegion(never, domain, [once]);
    const larger = domainOf(Array.from({ length: 40 }, () => '#'.repeat(50)));
    solveRegion(never, larger, [noise(larger, 6)]);
    solveRegion(
      never,
      domain,
      (function* () {
        yield again;
        solveRegion(never, larger, [noise(larger, 7)]);
        yield plane;
      })(),
    );
    expect(again).toEqual(once);
    expect(plane).toEqual(once);
  });

  it('throws rather than return what it has not solved', () => {
    const domain = domainOf(['####', '####', '####', '####']);
    expect(() => solveRegion(never, domain, [noise(domain, 1)], { tolerance: 1e-12, maxCycles: 1 })).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });

  it('stops between cycles once aborted', () => {
    const domain = domainOf(['####', '####', '####', '####']);
    expect(() => solveRegion(AbortSignal.abort(), domain, [noise(domain, 1)])).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('gives zero for zero', () => {
    const domain = domainOf(['##', '##']);
    const plane = new Float64Array(4);
    solveRegion(never, domain, [plane]);
    expect([...plane]).toEqual([0, 0, 0, 0]);
  });
});
