import { describe, expect, it } from 'vitest';
import { srgbToLinear } from '../model/transfer.ts';
import { colormap, colormapNames } from './colormap.ts';
import type { ColormapName } from './colormap.ts';

function entry(name: ColormapName, i: number): [number, number, number] {
  const [r = NaN, g = NaN, b = NaN] = colormap(name).subarray(3 * i, 3 * i + 3);
  return [r, g, b];
}

/** OKLab of an sRGB colour (B. Ottosson, 2020): distances in it are roughly what the eye sees. */
function oklab(rgb: readonly [number, number, number]): [number, number, number] {
  const [r, g, b] = rgb.map(srgbToLinear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const lightness = (name: ColormapName, i: number) => oklab(entry(name, i))[0];
const indices = Array.from({ length: 255 }, (_, i) => i);

describe('a colour map', () => {
  it.each(colormapNames)('%s has 256 colours within sRGB', (name) => {
    const map = colormap(name);
    expect(map).toHaveLength(768);
    expect(map.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it.each(['viridis', 'magma'] as const)('%s grows lighter from end to end', (name) => {
    expect(indices.every((i) => lightness(name, i + 1) > lightness(name, i) - 0.001)).toBe(true);
    expect(lightness(name, 255) - lightness(name, 0)).toBeGreaterThan(0.5);
  });

  it('diverging is light and colourless in the middle, blue below and red above, both dark at the end', () => {
    const [middle, a, b] = oklab(entry('diverging', 128));
    expect(middle).toBeGreaterThan(0.9);
    expect(Math.hypot(a, b)).toBeLessThan(0.02);
    const [low, high] = [entry('diverging', 20), entry('diverging', 235)];
    expect(low[2]).toBeGreaterThan(low[0] + 0.3);
    expect(high[0]).toBeGreaterThan(high[2] + 0.3);
    expect(Math.abs(lightness('diverging', 0) - lightness('diverging', 255))).toBeLessThan(0.1);
  });

  it('cyclic has one lightness and even steps of colour, the last of them back to the first', () => {
    const colours = [...indices, 255].map((i) => oklab(entry('cyclic', i)));
    const steps = colours.map((colour, i) => {
      const next = colours[(i + 1) % 256]!;
      return Math.hypot(...colour.map((value, c) => value - next[c]!));
    });
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.01);
    expect(colours.every(([l]) => Math.abs(l - 0.74) < 1e-4)).toBe(true);
  });
});
