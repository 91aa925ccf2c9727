import { describe, expect, it } from 'vitest';

import type { GradientField, LaplacianField } from '../../src-shared/model/field.ts';
import { Random } from './random.ts';
import { Sampler } from './sampler.ts';
import { supervisionOf } from './supervision.ts';
import type { SampleSet } from './supervision.ts';

const [width, height, channels] = [5, 3, 3] as const;
const plane = width * height;
const numbered = () => Float64Array.from({ length: channels * plane }, (_, i) => i + 1);

const gradient = (operator: 'staggered' | 'sobel'): GradientField => ({
  kind: 'gradient',
  operator,
  width,
  height,
  channels,
  dx: numbered(),
  dy: numbered().map((v) => -v),
});

const laplacian: LaplacianField = {
  kind: 'laplacian',
  operator: 'staggered',
  width,
  height,
  channels,
  laplacian: numbered(),
  border: {
    inset: 0.5,
    left: new Float64Array(channels * height).fill(1),
    right: new Float64Array(channels * height).fill(2),
    top: new Float64Array(channels * width).fill(3),
    bottom: new Float64Array(channels * width).fill(4),
  },
};

/** An exact solution whose root mean square is 2, so that a training unit is 2 image values. */
const exact = Float64Array.from({ length: channels * plane }, (_, i) => (i % 2 === 0 ? 2 : -2));

const blank = (n: number) => ({
  points: new Float32Array(2 * n),
  direction: new Float32Array(2 * n),
  target: new Float32Array(channels * n),
  weight: new Float32Array(n),
});

function written(set: SampleSet) {
  const samples = blank(set.count);
  for (let i = 0; i < set.count; i++) set.write(i, samples, i);
  return samples;
}

describe('a guidance field as samples', () => {
  it('asks for the second differences of a picture too thin for an interior, which its field has', () => {
    const thin = {
      ...laplacian,
      width: 1,
      height: 5,
      channels: 1,
      laplacian: Float64Array.of(0, 4, 6, 8, 0),
    } as const;
    const { sets } = supervisionOf({ field: thin }, Float64Array.of(2, -2, 2, -2, 2));
    const { points, target } = written(sets.laplacian);
    expect([...target.subarray(0, 3)]).toEqual([2, 3, 4]);
    expect([sets.laplacian.count, ...points]).toEqual([
      3,
      ...[-0.4, 0, 0.4].flatMap((y) => [0, Math.fround(y)]),
    ]);
  });

  it('asks for staggered derivatives at half pixels, and nowhere in the meaningless last column or row', () => {
    const { sets, unit } = supervisionOf({ field: gradient('staggered') }, exact);
    expect(unit).toBe(2);
    expect(sets.directional.count).toBe((width - 1) * height + width * (height - 1));
    expect(sets.laplacian.count).toBe(0);
    const { points, direction, target } = written(sets.directional);
    expect(points[0]).toBeCloseTo((2 * 0.5 + 1 - 5) / 5);
    expect(points[1]).toBeCloseTo((2 * 0 + 1 - 3) / 5);
    expect([...direction.subarray(0, 2)]).toEqual([1, 0]);
    expect([...target.subarray(0, 3)]).toEqual([1, 1 + plane, 1 + 2 * plane].map((v) => v / 2));
    const firstDown = (width - 1) * height;
    expect(points[2 * firstDown]).toBeCloseTo((2 * 0 + 1 - 5) / 5);
    expect(points[2 * firstDown + 1]).toBeCloseTo((2 * 0.5 + 1 - 3) / 5);
    expect([...direction.subarray(2 * firstDown, 2 * firstDown + 2)]).toEqual([0, 1]);
    expect(target[3 * firstDown]).toBe(-1 / 2);
    expect(Math.max(...points)).toBeLessThan(1);
  });

  it('asks for the other gradients at pixel centres, all of them', () => {
    const { sets } = supervisionOf({ field: gradient('sobel') }, exact);
    expect(sets.directional.count).toBe(2 * plane);
  });

  it('asks for 5-point Laplacians inside and for the normal gradient along the border', () => {
    const { sets } = supervisionOf({ field: laplacian }, exact);
    expect(sets.laplacian.count).toBe((width - 2) * (height - 2));
    const inner = written(sets.laplacian);
    expect(inner.target[0]).toBe((1 + width + 1) / 2);
    expect(inner.points[0]).toBeCloseTo((2 * 1 + 1 - 5) / 5);
    expect(sets.directional.count).toBe(2 * height + 2 * width);
    const border = written(sets.directional);
    const columns = [0, height, 2 * height, 2 * height + width];
    expect(columns.map((i) => border.target[3 * i])).toEqual([0.5, 1, 1.5, 2]);
    expect(border.points[2 * height]).toBeCloseTo((2 * 3.5 + 1 - 5) / 5);
    expect(border.points[2 * columns[3]! + 1]).toBeCloseTo((2 * 1.5 + 1 - 3) / 5);
  });

  it('gives each sample the weight of its pixel', () => {
    const weight = Float32Array.from({ length: plane }, (_, i) => i);
    const { sets } = supervisionOf({ field: gradient('staggered'), weight }, exact);
    const weighs = ({ importance }: SampleSet, i: number) => importance!.counts(i) * importance!.shares[i]!;
    const relative = (set: SampleSet, i: number) => weighs(set, i) / weighs(set, 1);
    weight.forEach((w, i) => expect(relative(sets.value, i)).toBeCloseTo(w));
    expect(relative(sets.directional, width - 1)).toBeCloseTo(width);
  });

  it('is drawn more densely where its picture is steep, with each sample counting the less', () => {
    const [wide, high] = [128, 96];
    const u = Float64Array.from({ length: wide * high }, (_, i) => (i % wide < wide / 2 ? 0 : (i % 5) - 2));
    const none = new Float64Array(u.length);
    const size = { width: wide, height: high, channels: 1 } as const;
    const field = { kind: 'gradient', operator: 'staggered', ...size, dx: none, dy: none } as const;
    const { value, directional } = supervisionOf({ field }, u).sets;
    for (const { importance } of [value, directional]) {
      expect(importance!.shares[wide - 2]).toBeGreaterThan(importance!.shares[0]!);
      expect(importance!.counts(wide - 2)).toBeLessThan(importance!.counts(0));
    }
  });

  it.each([
    [1, 1],
    [1, 4],
    [2, 2],
  ])('has no samples where a %i×%i image has no derivatives', (w, h) => {
    const n = w * h;
    const field: GradientField = {
      kind: 'gradient',
      operator: 'staggered',
      width: w,
      height: h,
      channels: 1,
      dx: new Float64Array(n),
      dy: new Float64Array(n),
    };
    const { sets, unit } = supervisionOf({ field }, new Float64Array(n));
    expect(unit).toBe(1);
    expect(sets.value.count).toBe(n);
    expect(sets.directional.count).toBe((w - 1) * h + w * (h - 1));
    expect(sets.directional.power).toBe(0);
  });
});

describe('a sampler', () => {
  it('visits every sample once an epoch, in an order that changes, and normalises the loss term', () => {
    const { sets } = supervisionOf({ field: gradient('staggered') }, exact);
    const sampler = new Sampler(sets.directional, new Random(1));
    const { count, power } = sets.directional;
    const epoch = () => {
      const samples = blank(count);
      sampler.fill(samples, count, channels);
      return samples;
    };
    const [first, second] = [epoch(), epoch()];
    const firstTargets = [...first.target].filter((_, i) => i % channels === 0);
    const secondTargets = [...second.target].filter((_, i) => i % channels === 0);
    expect(firstTargets).not.toEqual(secondTargets);
    expect([...firstTargets].sort()).toEqual([...secondTargets].sort());
    let loss = 0;
    for (let i = 0; i < count; i++) {
      for (let c = 0; c < channels; c++) loss += first.weight[i]! * first.target[channels * i + c]! ** 2;
    }
    expect(power).toBeGreaterThan(0);
    expect(loss).toBeCloseTo(1, 5);
  });

  it('draws the same batches from the same seed', () => {
    const { sets } = supervisionOf({ field: laplacian }, exact);
    const draw = (seed: number) => {
      const samples = blank(8);
      new Sampler(sets.value, new Random(seed)).fill(samples, 8, channels);
      return samples;
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
});
