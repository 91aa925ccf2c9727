import type { Triple } from './icc-profile.ts';

/** Red, green and blue colorants of sRGB, adapted to the profile connection space's D50 (IEC 61966-2-1). */
export const srgbColorants: Readonly<Record<'rXYZ' | 'gXYZ' | 'bXYZ', Triple>> = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};

/** White of the profile connection space (ICC.1:2010). */
export const d50: Triple = [0.9642, 1, 0.8249];

const latin = new TextEncoder();

/** s15Fixed16Number. */
function fixed(value: number): number[] {
  return word(Math.round(value * 65536));
}

function word(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function sign(text: string): number[] {
  return [...latin.encode(text)];
}

function xyz(values: readonly number[]): number[] {
  return [...sign('XYZ '), ...word(0), ...values.flatMap(fixed)];
}

/** multiLocalizedUnicodeType with one English entry in UTF-16. */
function text(value: string): number[] {
  const utf16 = [...value].flatMap((character) => [0, character.charCodeAt(0)]);
  return [
    ...sign('mluc'),
    ...word(0),
    ...word(1),
    ...word(12),
    ...sign('enUS'),
    ...word(utf16.length),
    ...word(28),
    ...utf16,
  ];
}

/** sRGB's curve as a parametricCurveType of kind 3 (IEC 61966-2-1). */
const curve = [
  ...sign('para'),
  ...word(0),
  ...[0, 3, 0, 0],
  ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(fixed),
];

/** Bradford adaptation from sRGB's D65 to the connection space's D50. */
const d65ToD50 = [1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01707, -0.00923, 0.01508, 0.75168];

/**
 * A minimal display profile (ICC.1:2010, version 4.2): sRGB, or grey with sRGB's curve.
 *
 * Written here because the one the image library brings comes only with a conversion of the pixels, which
 * are sRGB already and must not be touched.
 */
export function srgbProfile(kind: 'rgb' | 'grey'): Uint8Array {
  const common: [string, number[]][] = [
    ['desc', text(kind === 'rgb' ? 'sRGB' : 'sRGB grey')],
    ['cprt', text('CC0')],
    ['wtpt', xyz(d50)],
    ['chad', [...sign('sf32'), ...word(0), ...d65ToD50.flatMap(fixed)]],
  ];
  const colour: [string, number[]][] =
    kind === 'grey'
      ? [['kTRC', curve]]
      : [
          ...Object.entries(srgbColorants).map(([tag, value]): [string, number[]] => [tag, xyz(value)]),
          ['rTRC', curve],
          ['gTRC', curve],
          ['bTRC', curve],
        ];
  return assemble(kind === 'rgb' ? 'RGB ' : 'GRAY', [...common, ...colour]);
}

function assemble(colorSpace: string, tags: readonly [string, number[]][]): Uint8Array {
  const table: number[] = [...word(tags.length)];
  const body: number[] = [];
  const start = 128 + 4 + 12 * tags.length;
  for (const [tag, data] of tags) {
    table.push(...sign(tag), ...word(start + body.length), ...word(data.length));
    body.push(...data, ...Array<number>((4 - (data.length % 4)) % 4).fill(0));
  }
  const header = new Uint8Array(128);
  const put = (at: number, bytes: readonly number[]) => {
    header.set(bytes, at);
  };
  put(0, word(start + body.length));
  put(8, [4, 0x20, 0, 0]);
  put(12, sign(`mntr${colorSpace}XYZ `));
  put(24, [0x07, 0xea, 0, 1, 0, 1]);
  put(36, sign('acsp'));
  put(68, d50.flatMap(fixed));
  return Uint8Array.from([...header, ...table, ...body]);
}
