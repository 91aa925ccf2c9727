import { linearToSrgb } from '../../src-shared/model/transfer.ts';

/** A transfer curve: device value 0…1 to linear light 0…1. */
type Curve = (value: number) => number;

/** Red, green and blue colorants of sRGB, adapted to the profile connection space's D50 (IEC 61966-2-1). */
export const srgbColorants: Readonly<Record<'rXYZ' | 'gXYZ' | 'bXYZ', readonly [number, number, number]>> = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};

/** Common sRGB profiles differ from one another by up to 0.001 in their rounding; Display P3 by 0.08. */
const colorantTolerance = 0.002;

/** A reader of an ICC profile (ICC.1:2010), as far as matrix and curve profiles go. */
class Profile {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly tags = new Map<string, { offset: number; size: number }>();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = this.view.getUint32(128);
    for (let i = 0; i < Math.min(count, 200); i++) {
      const at = 132 + 12 * i;
      const place = { offset: this.view.getUint32(at + 4), size: this.view.getUint32(at + 8) };
      this.tags.set(this.text(at), place);
    }
  }

  /** 'RGB ', 'GRAY', 'CMYK' and so on. */
  get colorSpace(): string {
    return this.text(16);
  }

  has(tag: string): boolean {
    return this.tags.has(tag);
  }

  xyz(tag: string): [number, number, number] | undefined {
    const at = this.tags.get(tag)?.offset;
    if (at === undefined || this.text(at) !== 'XYZ ') return undefined;
    return [this.fixed(at + 8), this.fixed(at + 12), this.fixed(at + 16)];
  }

  curve(tag: string): Curve | undefined {
    const at = this.tags.get(tag)?.offset;
    if (at === undefined) return undefined;
    const type = this.text(at);
    if (type === 'curv') return this.tableCurve(at);
    if (type === 'para') return this.parametricCurve(at);
    return undefined;
  }

  private tableCurve(at: number): Curve {
    const count = this.view.getUint32(at + 8);
    if (count === 0) return (value) => value;
    if (count === 1) {
      const gamma = this.view.getUint16(at + 12) / 256;
      return (value) => value ** gamma;
    }
    const table = Float64Array.from(
      { length: count },
      (_, i) => this.view.getUint16(at + 12 + 2 * i) / 65535,
    );
    return (value) => {
      const position = value * (count - 1);
      const i = Math.min(Math.floor(position), count - 2);
      return table[i]! + (position - i) * (table[i + 1]! - table[i]!);
    };
  }

  /** ICC.1:2010, table 65: five kinds, each with a few more parameters than the last. */
  private parametricCurve(at: number): Curve | undefined {
    const kind = this.view.getUint16(at + 8);
    const count = [1, 3, 4, 5, 7][kind];
    if (count === undefined) return undefined;
    const p = Array.from({ length: count }, (_, i) => this.fixed(at + 12 + 4 * i));
    const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = p;
    const power: Curve = (value) => Math.max(a * value + b, 0) ** g;
    if (kind === 0) return power;
    if (kind === 1) return (value) => (value >= -b / a ? power(value) : 0);
    if (kind === 2) return (value) => (value >= -b / a ? power(value) + c : c);
    return (value) => (value >= d ? power(value) + e : c * value + f);
  }

  private fixed(at: number): number {
    return this.view.getInt32(at) / 65536;
  }

  private text(at: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + 4));
  }
}

/**
 * True for an RGB profile that says nothing but sRGB: its colorants, and its curve to half an 8-bit step.
 *
 * Converting such a picture could only disturb its samples by rounding, so it is left as it is.
 */
export function isSrgbProfile(icc: Uint8Array): boolean {
  const profile = open(icc);
  if (profile?.colorSpace !== 'RGB ' || profile.has('A2B0')) return false;
  const colorants = Object.entries(srgbColorants).every(([tag, expected]) =>
    profile.xyz(tag)?.every((value, i) => Math.abs(value - expected[i]!) <= colorantTolerance),
  );
  return colorants && ['rTRC', 'gTRC', 'bTRC'].every((tag) => isSrgbCurve(profile.curve(tag)));
}

function isSrgbCurve(curve: Curve | undefined): boolean {
  if (curve === undefined) return false;
  for (let v = 0; v <= 255; v++) {
    if (!(Math.abs(linearToSrgb(curve(v / 255)) - v / 255) < 0.5 / 255)) return false;
  }
  return true;
}

/**
 * From a stored grey sample to the sRGB-encoded one, for a grey profile with another curve than sRGB's;
 * undefined where there is nothing to convert. The table has 256 or 65536 entries.
 */
export function greyTable(icc: Uint8Array, bitDepth: 8 | 16): Uint8Array | Uint16Array | undefined {
  const profile = open(icc);
  if (profile?.colorSpace !== 'GRAY') return undefined;
  const curve = profile.curve('kTRC');
  if (curve === undefined || isSrgbCurve(curve)) return undefined;
  const max = bitDepth === 8 ? 255 : 65535;
  const encode = (v: number) => Math.round(Math.min(Math.max(linearToSrgb(curve(v / max)), 0), 1) * max);
  const table = bitDepth === 8 ? new Uint8Array(256) : new Uint16Array(65536);
  return table.map((_, v) => encode(v));
}

/** A profile that can't be parsed counts as none: the decoder's own colour engine judges it. */
function open(icc: Uint8Array): Profile | undefined {
  try {
    return new Profile(icc);
  } catch {
    return undefined;
  }
}
