import { describe, expect, it } from 'vitest';
import { cloneGuidance } from '../clone-guidance.ts';
import { exactSolution } from '../exact/exact-solution.ts';
import { noiseRaster, largestDifference, rasterOf } from '../testing.ts';
import { driveOf } from './drive.ts';
import { relax } from './relax.ts';
import { atOnce } from '../steps.ts';
import { SeamBand } from './seam-band.ts';
import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';

const { signal } = new AbortController();
const untold = () => undefined;
const bandOf = (inside: Uint8Array, reach: number) => atOnce(signal, SeamBand.along(size, inside, reach));
const solve = (
  band: SeamBand,
  values: Float32Array,
  drive: Float32Array,
  told: (share: number) => void = untold,
) => atOnce(signal, band.solve(values, drive, told));
const size = { width: 23, height: 19 };
const window = { x: 0, y: 0, ...size };

/** A source of noise on a target of noise, its mask a piece at the left edge with a hole and a single pixel. */
function equation() {
  const target = noiseRaster(size, 1, 1);
  const share = (x: number, y: number) => {
    if (x === 20 && y === 3) return 1;
    return x < 14 && y > 2 && y < 16 && Math.hypot(x - 7, y - 9) > 2 ? 1 : 0;
  };
  const mask = { ...size, data: rasterOf(size, 1, share).data };
  const layer = {
    source: noiseRaster(size, 1, 2),
    mask,
    placement: { x: 0, y: 0 },
    mode: 'import',
    alpha: 1,
  } as const;
  const guidance = cloneGuidance({ target, layers: [layer], window });
  const { inside } = guidance.seam;
  const drive = driveOf(target, guidance.field, inside, 1 / pixelsPerUnit(size), 0, size.height);
  const exact = exactSolution(signal, guidance);
  const solution = Float32Array.from(exact, (v) => v + (target.data[0]! - exact[0]!));
  return { target, inside, drive, solution };
}

describe('the band along a seam', () => {
  it('has the exact solution where it reaches everywhere', () => {
    const { target, inside, drive, solution } = equation();
    const values = target.data.map((value, i) => (inside[i] === 1 ? 0 : value));
    const told: number[] = [];
    solve(bandOf(inside, 100), values, drive, (share) => told.push(share));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect([told[0]! < 0.5, told.at(-1)]).toEqual([true, 1]);
    expect(largestDifference(values, solution)).toBeLessThan(1e-3);
  });

  it('changes nothing farther inside than it reaches, and nothing outside', () => {
    const { target, inside, drive } = equation();
    const before = target.data.map((value, i) => (inside[i] === 1 ? 0.5 : value));
    const values = before.slice();
    const band = bandOf(inside, 2);
    solve(band, values, drive);
    const isInBand = new Uint8Array(inside.length);
    for (const pixel of band.pixels) isInBand[pixel] = 1;
    expect(isInBand[9 * size.width + 4]).toBe(1);
    expect(isInBand[9 * size.width + 2]).toBe(0);
    values.forEach((value, i) => {
      if (isInBand[i] === 0) expect(value).toBe(before[i]);
    });
  });

  it('leaves the exact solution as it is, as do relaxations', () => {
    const { inside, drive, solution } = equation();
    const values = solution.slice();
    relax(values, drive, inside, size);
    solve(bandOf(inside, 3), values, drive);
    expect(largestDifference(values, solution)).toBeLessThan(1e-5);
  });

  it('stops when it is cancelled', () => {
    const { target, inside, drive } = equation();
    const steps = bandOf(inside, 3).solve(target.data.slice(), drive, untold);
    expect(() => atOnce(AbortSignal.abort(), steps)).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });
});
