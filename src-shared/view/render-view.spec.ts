import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradientDirection } from './collapse.ts';
import { colormap } from './colormap.ts';
import { renderView, viewNeeds, views } from './render-view.ts';
import type { RenderedView } from './render-view.ts';

function pixel({ image }: RenderedView, i: number): number[] {
  const count = image.width * image.height;
  return [0, 1, 2].map((c) => image.data[c * count + i]!);
}

const mapEntry = (name: Parameters<typeof colormap>[0], i: number) => [
  ...colormap(name).subarray(3 * i, 3 * i + 3),
];
const row = (...values: number[]) => Float64Array.from(values);
const of = (width: number) => ({ width, height: 1 });

describe('the view', () => {
  it('value shows an image as it is, grey in three channels, cut to 0…1', () => {
    const grey = renderView('value', { value: row(-1, 0.25, 2) }, of(3), 1);
    expect(grey.image).toMatchObject({ width: 3, height: 1, channels: 3, encoding: 'srgb' });
    expect([...grey.image.data]).toEqual([0, 0.25, 1, 0, 0.25, 1, 0, 0.25, 1]);
    const colour = renderView('value', { value: Float32Array.of(0.5, 0.25, 0.125) }, of(1), 3);
    expect(pixel(colour, 0)).toEqual([0.5, 0.25, 0.125]);
    expect(colour.range).toEqual([0, 1]);
  });

  it.each(['dx', 'dy', 'laplacian'] as const)(
    '%s has its middle at zero and its ends at plus and minus',
    (view) => {
      const rendered = renderView(view, { [view]: row(-2, 0, 1, 2) }, of(4), 1);
      expect(rendered.range).toEqual([-2, 2]);
      expect(pixel(rendered, 0)).toEqual(mapEntry('diverging', 0));
      expect(pixel(rendered, 3)).toEqual(mapEntry('diverging', 255));
      const [below, above] = [mapEntry('diverging', 127), mapEntry('diverging', 128)];
      pixel(rendered, 1).forEach((value, c) => {
        expect(value).toBeCloseTo((below[c]! + above[c]!) / 2, 6);
      });
    },
  );

  it('of several channels is their mean', () => {
    const rendered = renderView('dx', { dx: row(1, 3, 0, 3, 2, 3) }, of(2), 3);
    expect(rendered.range).toEqual([-3, 3]);
    const same = renderView('dx', { dx: row(1, 3) }, of(2), 1);
    expect(rendered.image.data).toEqual(same.image.data);
  });

  it('magnitude is the Frobenius norm over all channels, from zero', () => {
    const dx = row(0, 1, 0, 2, 0, 4);
    const dy = row(0, 2, 0, 0, 0, 0);
    const rendered = renderView('magnitude', { dx, dy }, of(2), 3);
    expect(rendered.range).toEqual([0, 5]);
    expect(pixel(rendered, 0)).toEqual(mapEntry('magma', 0));
    expect(pixel(rendered, 1)).toEqual(mapEntry('magma', 255));
  });

  it('direction has the hue of the angle and the brightness of the magnitude', () => {
    const rendered = renderView(
      'direction',
      { dx: row(2, 0, -2, 0, 1, 0), dy: row(0, 2, 0, -2, 0, 0) },
      of(6),
      1,
    );
    expect(pixel(rendered, 0)).toEqual(mapEntry('cyclic', 0));
    expect(pixel(rendered, 1)).toEqual(mapEntry('cyclic', 64));
    expect(pixel(rendered, 2)).toEqual(mapEntry('cyclic', 128));
    expect(pixel(rendered, 3)).toEqual(mapEntry('cyclic', 192));
    expect(pixel(rendered, 4)).toEqual(mapEntry('cyclic', 0).map((value) => Math.fround(value / 2)));
    expect(pixel(rendered, 5)).toEqual([0, 0, 0]);
  });

  it.each(views)('%s of nothing but zeros is a picture all the same', (view) => {
    const zeros = new Float64Array(12);
    const { image, range } = renderView(
      view,
      { value: zeros, dx: zeros, dy: zeros, laplacian: zeros },
      { width: 2, height: 2 },
      3,
    );
    expect(image.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(range[1]).toBe(1);
  });

  it('leaves single wild values out of its range', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i === 17 ? 1e6 : i % 2 === 0 ? 1 : -1));
    expect(renderView('laplacian', { laplacian: values }, { width: 100, height: 10 }, 1).range).toEqual([
      -1, 1,
    ]);
  });

  it('reaches to the largest value where nearly all are zero', () => {
    const values = new Float64Array(1000);
    values[3] = -0.5;
    expect(renderView('dx', { dx: values }, { width: 100, height: 10 }, 1).range).toEqual([-0.5, 0.5]);
  });

  it('takes a range, so that two pictures can be compared', () => {
    const rendered = renderView('dx', { dx: row(1) }, of(1), 1, [-1, 1]);
    expect(rendered.range).toEqual([-1, 1]);
    expect(pixel(rendered, 0)).toEqual(mapEntry('diverging', 255));
  });

  it.each(views)('%s says which numbers it lacks', (view) => {
    expect(() => renderView(view, {}, of(2), 1)).toThrow(viewNeeds[view][0]);
    expect(() => renderView(view, { [viewNeeds[view][0]!]: row(1) }, of(2), 1)).toThrow('not 1');
  });
});

describe('the direction of a gradient', () => {
  it('of one channel is its angle', () => {
    const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    fc.assert(
      fc.property(angle, fc.double({ min: 0.01, max: 100, noNaN: true }), (theta, length) => {
        const [turns = NaN] = gradientDirection(
          row(length * Math.cos(theta)),
          row(length * Math.sin(theta)),
          1,
        );
        const difference = turns - theta / (2 * Math.PI);
        expect(Math.abs(difference - Math.round(difference))).toBeLessThan(1e-7);
      }),
    );
  });

  it('of channels that point one way is that way, however strong each', () => {
    const [turns] = gradientDirection(row(1, 2, 0.5), row(1, 2, 0.5), 3);
    expect(turns).toBeCloseTo(1 / 8, 12);
  });

  it('of channels that oppose one another is their axis, the stronger way', () => {
    const [turns] = gradientDirection(row(0, 0, 0), row(-3, 1, 1), 3);
    expect(turns).toBeCloseTo(3 / 4, 12);
  });
});
