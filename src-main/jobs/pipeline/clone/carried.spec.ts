import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, type Transform } from '../../../../src-shared/model/composition.ts';
import { fusionModes, type FusionMode } from '../../../../src-shared/model/fusion.ts';
import { exactSolution, upsampled, type Layer, type Raster } from '../../../fields/index.ts';
import { largestDifference, noiseRaster, rasterOf, seededRandom } from '../../../fields/testing.ts';
import { samplesFromImage } from '../../../imaging/encode.ts';
import { carried } from './carried.ts';
import { carriedResult } from './carried-result.ts';
import { windowOf } from './clone.ts';
import { addConstant, freeConstant } from '../measures/constant.ts';
import type { Problem } from '../problem.ts';
import { psnrOf } from '../measures/psnr.ts';
import { reducedClone } from './reduced-clone.ts';

const { signal } = new AbortController();
const side = 96;
const size = { width: side, height: side };

/** Waves of many lengths, in multiples of 1/65535, so that samples hold them. */
function texture(seed: number, channels: 1 | 3 = 3): Raster {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 24 }, (_, k) => {
    const length = 4 * 1.2 ** k;
    const turn = 2 * Math.PI * random();
    return { kx: Math.cos(turn) / length, ky: Math.sin(turn) / length, at: random(), much: 0.02 * 1.06 ** k };
  });
  return rasterOf(size, channels, (x, y, c) => {
    const sum = waves.reduce(
      (s, { kx, ky, at, much }) => s + much * Math.sin(2 * Math.PI * (kx * x + ky * y + at + c / 7)),
      0.5,
    );
    return Math.round(65535 * Math.min(0.95, Math.max(0.05, sum))) / 65535;
  });
}

const disc = (x: number, y: number) => Math.hypot(x - 47, y - 50) < 33;

function layer(
  source: Raster,
  mode: FusionMode,
  share: (x: number, y: number) => number,
  transform = {},
): Layer {
  const mask = { width: source.width, height: source.height, data: rasterOf(source, 1, share).data };
  const placed: Transform = { ...identity, ...transform };
  return { source, mask, transform: placed, mode, alpha: 0.6 };
}

async function problemOf(target: Raster, layers: readonly Layer[], longest: number): Promise<Problem> {
  const samples = samplesFromImage({ ...target, encoding: 'srgb' }, 16);
  const window = windowOf(target, layers, longest);
  return reducedClone(signal, samples, layers, window, longest, 'srgb');
}

function exactOf({ guidance, reference, anchor }: Problem): Float64Array {
  const exact = exactSolution(signal, guidance);
  addConstant(exact, freeConstant(reference.data, exact, reference.channels, anchor));
  return exact;
}

/** The exact solution at a working size, carried; at full size; and plainly enlarged. All of one window. */
async function carriedFrom(target: Raster, layers: readonly Layer[], longest: number) {
  const problem = await problemOf(target, layers, longest);
  const exact = exactOf(problem);
  const carry = problem.carry!;
  const { window } = carry;
  const { values, inside } = await carriedResult(signal, { problem, exact }, carry);
  const full = await reducedClone(
    signal,
    problem.place!.target,
    layers,
    window,
    Math.max(window.width, window.height),
    'srgb',
  );
  const picture = { ...problem.reference, data: Float32Array.from(exact) };
  const plain = upsampled(picture, { x: 0, y: 0 }, window, picture, { ...window, x: 0, y: 0 }).data;
  return { values, inside, plain, truth: exactOf(full), window, channels: target.channels };
}

type Carried = Awaited<ReturnType<typeof carriedFrom>>;

/** The largest error of the step from a pixel inside to its neighbour outside: an edge along the seam, if any. */
function largestSeamError({ values, inside, truth, window: { width }, channels }: Carried): number {
  let largest = 0;
  inside.forEach((isInside, i) => {
    const isRim = [i - 1, i + 1, i - width, i + width].some((j) => inside[j] === 0);
    if (isInside === 0 || !isRim) return;
    for (let c = 0; c < channels; c++) {
      const at = c * inside.length + i;
      largest = Math.max(largest, Math.abs(values[at]! - truth[at]!));
    }
  });
  return largest;
}

function decibels({ inside, truth, channels }: Carried, values: ArrayLike<number>): number {
  return psnrOf(values, truth, channels, { where: inside })!;
}

describe('a clone carried to full resolution', () => {
  it('gives back the target where the source is the target, under any mask and mode', async () => {
    const seed = fc.integer({ min: 1, max: 1e6 });
    await fc.assert(
      fc.asyncProperty(
        seed,
        fc.constantFrom(...fusionModes),
        fc.integer({ min: 12, max: 60 }),
        async (s, mode, n) => {
          const target = noiseRaster(size, mode === 'monochrome' ? 1 : 3, s);
          const blobs = texture(s + 1, 1);
          const soft = (x: number, y: number) => Math.max(0, 4 * (blobs.data[y * side + x]! - 0.5));
          const problem = await problemOf(
            target,
            [layer(target, mode, (x, y) => Math.min(1, soft(x, y)))],
            n,
          );
          const { window } = problem.carry!;
          const exact = exactOf(problem);
          const { values } = await carriedResult(signal, { problem, exact }, problem.carry!);
          for (let c = 0; c < target.channels; c++) {
            for (let y = 0; y < window.height; y++) {
              const from = (c * side + window.y + y) * side + window.x;
              const own = values.subarray((c * window.height + y) * window.width);
              const row = own.subarray(0, window.width);
              expect(largestDifference(row, target.data.subarray(from, from + window.width))).toBeLessThan(
                1e-4,
              );
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it.each(fusionModes)(
    'under %s lies close to the exact solution at full size, and the seam closer',
    async (mode) => {
      const found = await carriedFrom(
        texture(1),
        [layer(texture(2), mode, (x, y) => (disc(x, y) ? 1 : 0))],
        48,
      );
      expect(decibels(found, found.values)).toBeGreaterThan(40);
      expect(decibels(found, found.values)).toBeGreaterThan(decibels(found, found.plain) + 10);
      expect(largestSeamError(found)).toBeLessThan(0.02);
    },
  );

  it('holds for soft masks, holes, borders, turned, mirrored and several layers', async () => {
    const ring = (x: number, y: number) => (Math.abs(Math.hypot(x - 40, y - 48) - 26) < 12 ? 1 : 0);
    const feather = (x: number, y: number) =>
      Math.min(1, Math.max(0, (36 - Math.hypot(x - 40, y - 48)) / 12));
    const cases: readonly (readonly Layer[])[] = [
      [layer(texture(2), 'import', feather)],
      [layer(texture(2), 'import', ring)],
      [layer(texture(2), 'import', (x, y) => (disc(x, y) ? 1 : 0), { x: -30, y: 20 })],
      [layer(texture(2), 'import', (x, y) => (disc(x, y) ? 1 : 0), { rotation: 20, scale: 0.9 })],
      [layer(texture(2), 'import', (x, y) => (disc(x, y) ? 1 : 0), { rotation: 90, flipX: true })],
      [
        layer(texture(2), 'average', (x, y) => (disc(x, y) ? 1 : 0), { x: -12 }),
        layer(texture(3, 1), 'monochrome', ring, { x: 14, y: -6 }),
      ],
    ];
    for (const layers of cases) {
      const found = await carriedFrom(texture(1), layers, 40);
      expect(decibels(found, found.values)).toBeGreaterThan(36);
      expect(decibels(found, found.values)).toBeGreaterThan(decibels(found, found.plain) + 5);
      expect(largestSeamError(found)).toBeLessThan(0.03);
    }
  });

  it('recovers a smooth difference of target and source: constant, slope and saddle', async () => {
    const source = texture(2);
    const smooth = [
      () => 0.03,
      (x: number, y: number) => (x - 2 * y) / 4000,
      (x: number, y: number) => ((x - 48) ** 2 - (y - 48) ** 2) / 60_000,
    ];
    for (const difference of smooth) {
      const target = rasterOf(
        size,
        3,
        (x, y, c) => source.data[(c * side + y) * side + x]! + difference(x, y),
      );
      const found = await carriedFrom(target, [layer(source, 'import', (x, y) => (disc(x, y) ? 1 : 0))], 32);
      const { x, y, width } = found.window;
      const plane = found.inside.length;
      let largest = 0;
      found.inside.forEach((isInside, i) => {
        if (isInside === 0) return;
        for (let c = 0; c < 3; c++) {
          const at = (c * side + y + Math.floor(i / width)) * side + x + (i % width);
          largest = Math.max(largest, Math.abs(found.values[c * plane + i]! - target.data[at]!));
        }
      });
      expect(largest).toBeLessThan(1 / 512);
    }
  });

  it('is the smooth values themselves where the grid has all pixels', async () => {
    const layers = [layer(texture(2), 'import', (x, y) => (disc(x, y) ? 1 : 0))];
    const { values, truth, inside } = await carriedFrom(texture(1), layers, side);
    const marked = (numbers: ArrayLike<number>) => Array.from(inside, (isIn, i) => (isIn ? numbers[i]! : 0));
    expect(largestDifference(marked(values), marked(truth))).toBeLessThan(1e-5);
  });

  it('stops when it is cancelled', async () => {
    const problem = await problemOf(texture(1), [layer(texture(2), 'import', () => 1, { x: 20 })], 48);
    const exact = exactOf(problem);
    const stopped = AbortSignal.abort();
    await expect(carriedResult(stopped, { problem, exact }, problem.carry!)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  describe('as it goes on', () => {
    const begun = async (own: AbortSignal, told: (share: number) => void) => {
      const problem = await problemOf(
        texture(1),
        [layer(texture(2), 'import', (x, y) => (disc(x, y) ? 1 : 0))],
        24,
      );
      const carry = problem.carry!;
      const flat = {
        rows: ({ inside }: { inside: Uint8Array }, of: (share: number) => void) => {
          of(0.5);
          return Promise.resolve(new Float32Array(3 * inside.length));
        },
        cost: 20,
      };
      return carried(own, carry, problem.place!.target, 'srgb', flat, told);
    };

    it('tells more and more of it, in each of its parts, up to all', async () => {
      const told: number[] = [];
      await begun(signal, (share) => told.push(share));
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(told.at(-1)).toBeCloseTo(1);
      expect(told.filter((share) => share > 0.1 && share < 0.9).length).toBeGreaterThan(20);
    });

    it('is left wherever it is, and does no more then', async () => {
      for (const share of [0.01, 0.3, 0.6, 0.8, 0.95]) {
        const own = new AbortController();
        let after = 0;
        const work = begun(own.signal, (done) => {
          if (own.signal.aborted) after++;
          if (done >= share) own.abort();
        });
        await expect(work).rejects.toMatchObject({ code: 'cancelled' });
        expect(after).toBeLessThan(3);
      }
    });
  });
});
