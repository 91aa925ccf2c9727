import { linearToSrgb } from '../../src-shared/model/transfer.ts';
import { IccProfile } from './icc-profile.ts';
import type { Curve, Triple } from './icc-profile.ts';
import { fullScale } from './samples.ts';
import type { Samples } from './samples.ts';
import { inSlices } from './slices.ts';
import { d50, srgbColorants } from './srgb-profile.ts';

/**
 * What brings stored samples to sRGB: nothing; a grey curve; curves and a 3×3 matrix from linear device values
 * to linear sRGB, row-major; or the image library's colour engine, for profiles made of tables.
 */
export type Conversion =
  | { readonly kind: 'none' }
  | { readonly kind: 'engine' }
  | { readonly kind: 'grey'; readonly curve: Curve }
  | { readonly kind: 'matrix'; readonly curves: readonly Curve[]; readonly matrix: Float64Array };

/** Common sRGB profiles differ from one another by up to 0.001 in their rounding; Display P3 by 0.08. */
const colorantTolerance = 0.002;

const colorantTags = ['rXYZ', 'gXYZ', 'bXYZ'] as const;
const curveTags = ['rTRC', 'gTRC', 'bTRC'] as const;

/**
 * How samples of grey (1) or RGB (3) under a profile become sRGB.
 *
 * A profile that says nothing but sRGB needs no conversion, which could only disturb the samples by rounding.
 * Matrix profiles are computed here: the library's engine works on 16 bits by way of Display P3 and a coarse
 * table, off by up to 4 % in dark colours. A profile of another kind of device than the image is ignored.
 */
export function conversionToSrgb(icc: Uint8Array | undefined, colours: 1 | 3): Conversion {
  if (icc === undefined) return { kind: 'none' };
  try {
    const profile = new IccProfile(icc);
    return colours === 1 ? greyConversion(profile) : rgbConversion(profile);
  } catch (error) {
    // A damaged profile is as good as none.
    if (error instanceof RangeError) return { kind: 'none' };
    throw error;
  }
}

function rgbConversion(profile: IccProfile): Conversion {
  if (profile.colorSpace !== 'RGB ') return { kind: 'none' };
  if (profile.has('A2B0')) return { kind: 'engine' };
  const colorants = colorantTags.map((tag) => profile.xyz(tag)).filter((xyz) => xyz !== undefined);
  const curves = curveTags.map((tag) => profile.curve(tag)).filter((curve) => curve !== undefined);
  if (colorants.length < 3 || curves.length < 3) return { kind: 'engine' };
  if (isSrgb(colorants, curves)) return { kind: 'none' };
  const matrix = multiply(inverse(srgbToXyz), toXyz(colorants));
  return matrix.every(Number.isFinite) ? { kind: 'matrix', curves, matrix } : { kind: 'engine' };
}

function greyConversion(profile: IccProfile): Conversion {
  const curve = profile.colorSpace === 'GRAY' ? profile.curve('kTRC') : undefined;
  return curve === undefined || isSrgbCurve(curve) ? { kind: 'none' } : { kind: 'grey', curve };
}

function isSrgb(colorants: readonly Triple[], curves: readonly Curve[]): boolean {
  const near = colorantTags.every((tag, c) =>
    srgbColorants[tag].every((value, i) => Math.abs(value - colorants[c]![i]!) <= colorantTolerance),
  );
  return near && curves.every(isSrgbCurve);
}

/** To half an 8-bit step. */
function isSrgbCurve(curve: Curve): boolean {
  for (let v = 0; v <= 255; v++) {
    if (!(Math.abs(linearToSrgb(curve(v / 255)) - v / 255) < 0.5 / 255)) return false;
  }
  return true;
}

/**
 * From linear device values to XYZ, row-major: the colorants as columns, each row scaled so that equal values
 * give the connection space's white. Profiles round that by up to 0.0002, which would tint greys.
 */
function toXyz(colorants: readonly Triple[]): Float64Array {
  return Float64Array.from({ length: 9 }, (_, k) => {
    const row = Math.floor(k / 3);
    const sum = colorants.reduce((total, colorant) => total + colorant[row]!, 0);
    return (colorants[k % 3]![row]! / sum) * d50[row]!;
  });
}

const srgbToXyz = toXyz(colorantTags.map((tag) => srgbColorants[tag]));

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from({ length: 9 }, (_, k) => {
    const row = 3 * Math.floor(k / 3);
    const column = k % 3;
    return a[row]! * b[column]! + a[row + 1]! * b[column + 3]! + a[row + 2]! * b[column + 6]!;
  });
}

/** By the adjugate. */
function inverse(m: Float64Array): Float64Array {
  const cofactor = (r: number, c: number) => {
    const at = (i: number, j: number) => m[3 * ((r + i) % 3) + ((c + j) % 3)]!;
    return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1);
  };
  const determinant = m[0]! * cofactor(0, 0) + m[1]! * cofactor(0, 1) + m[2]! * cofactor(0, 2);
  return Float64Array.from({ length: 9 }, (_, k) => cofactor(k % 3, Math.floor(k / 3)) / determinant);
}

const pixelsPerSlice = 250_000;

/** Converts samples in place; alpha is left alone. Colours outside sRGB are cut to it. `doing` is for `cancelled`. */
export async function convertSamples(
  signal: AbortSignal,
  samples: Samples,
  conversion: Conversion,
  doing: string,
): Promise<void> {
  if (conversion.kind === 'none' || conversion.kind === 'engine') return;
  const convert =
    conversion.kind === 'grey' ? greyConverter(samples, conversion.curve) : rgbConverter(samples, conversion);
  await inSlices(signal, doing, samples.width * samples.height, pixelsPerSlice, convert);
}

type Converter = (from: number, to: number) => void;

function greyConverter({ data, channels }: Samples, curve: Curve): Converter {
  const max = fullScale(data);
  const encode = (v: number) => Math.round(Math.min(Math.max(linearToSrgb(curve(v / max)), 0), 1) * max);
  const table = Uint16Array.from({ length: max + 1 }, (_, v) => encode(v));
  return (from, to) => {
    for (let i = from * channels; i < to * channels; i += channels) data[i] = table[data[i]!]!;
  };
}

/** Linear interpolation over this many steps is within a hundredth of a 16-bit step of the curve itself. */
const encodeSteps = 65536;

function rgbConverter(
  { data, channels }: Samples,
  { curves, matrix }: { curves: readonly Curve[]; matrix: Float64Array },
): Converter {
  const max = fullScale(data);
  const [red, green, blue] = curves.map((curve) =>
    Float64Array.from({ length: max + 1 }, (_, v) => curve(v / max)),
  ) as [Float64Array, Float64Array, Float64Array];
  const table = Float64Array.from({ length: encodeSteps + 2 }, (_, k) => linearToSrgb(k / encodeSteps) * max);
  const encode = (linear: number) => {
    const position = Math.min(Math.max(linear, 0), 1) * encodeSteps;
    const k = Math.floor(position);
    const low = table[k]!;
    return Math.round(low + (position - k) * (table[k + 1]! - low));
  };
  return (from, to) => {
    for (let i = from * channels; i < to * channels; i += channels) {
      const r = red[data[i]!]!;
      const g = green[data[i + 1]!]!;
      const b = blue[data[i + 2]!]!;
      data[i] = encode(matrix[0]! * r + matrix[1]! * g + matrix[2]! * b);
      data[i + 1] = encode(matrix[3]! * r + matrix[4]! * g + matrix[5]! * b);
      data[i + 2] = encode(matrix[6]! * r + matrix[7]! * g + matrix[8]! * b);
    }
  };
}
