import { interpolateMagma, interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import { linearToSrgb } from '../model/transfer.ts';

/**
 * The perceptual colour maps.
 *
 * - `viridis`, `magma`: one-sided, from dark to light; for magnitudes.
 * - `diverging`: blue, through near-white at the middle, to red (ColorBrewer's RdBu turned round); for signed values.
 * - `cyclic`: every hue at one lightness and chroma of OKLCh, the end meeting the beginning; for angles.
 */
export const colormapNames = ['viridis', 'magma', 'diverging', 'cyclic'] as const;
export type ColormapName = (typeof colormapNames)[number];

/** 256 sRGB-encoded colours, r g b by turns, each 0…1. */
export type Colormap = Float32Array;

export const colormapEntries = 256;

/** `#rrggbb` or `rgb(r, g, b)`, the two ways the colour scales say a colour, as three numbers 0…1. */
function parseColour(text: string): [number, number, number] {
  const hex = /^#(..)(..)(..)$/.exec(text);
  const parts = hex ?? /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text) ?? [];
  const [r = NaN, g = NaN, b = NaN] = [...parts].slice(1).map((part) => parseInt(part, hex ? 16 : 10) / 255);
  return [r, g, b];
}

/** Within sRGB at every hue. */
const cyclicLightness = 0.74;
const cyclicChroma = 0.12;

/** OKLCh to sRGB (B. Ottosson, "A perceptual color space for image processing", 2020). `turn` is the hue, 0…1. */
function oklch(lightness: number, chroma: number, turn: number): [number, number, number] {
  const a = chroma * Math.cos(2 * Math.PI * turn);
  const b = chroma * Math.sin(2 * Math.PI * turn);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    linearToSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    linearToSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    linearToSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The colour of each map at t in 0…1; for `cyclic`, t is a share of the full turn. */
const scales: Readonly<Record<ColormapName, (t: number) => [number, number, number]>> = {
  viridis: (t) => parseColour(interpolateViridis(t)),
  magma: (t) => parseColour(interpolateMagma(t)),
  diverging: (t) => parseColour(interpolateRdBu(1 - t)),
  cyclic: (t) => oklch(cyclicLightness, cyclicChroma, t),
};

const tables = new Map<ColormapName, Colormap>();

/** A map as a table, made once. A one-sided or diverging map ends at entry 255; the cyclic one's entry 256 would be its first. */
export function colormap(name: ColormapName): Colormap {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const last = name === 'cyclic' ? colormapEntries : colormapEntries - 1;
  const colours = Array.from({ length: colormapEntries }, (_, i) => scales[name](i / last));
  const table = Float32Array.from(colours.flat());
  tables.set(name, table);
  return table;
}
