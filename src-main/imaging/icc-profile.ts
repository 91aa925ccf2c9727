/** A transfer curve: device value 0…1 to linear light 0…1. */
export type Curve = (value: number) => number;

export type Triple = readonly [number, number, number];

/**
 * A reader of an ICC profile (ICC.1:2010), as far as matrix and curve profiles go.
 *
 * Reading throws RangeError where the profile points beyond its own end.
 */
export class IccProfile {
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

  xyz(tag: string): Triple | undefined {
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
    const last = at + 12 + 2 * (count - 1);
    if (last + 2 > this.bytes.length) throw new RangeError('a curve runs past the end of its profile');
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
