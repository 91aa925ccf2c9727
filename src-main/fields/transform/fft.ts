/**
 * Complex discrete Fourier transforms of any length, many lines at once.
 *
 * A batch of `lanes` lines lies interleaved: sample n of line q at n·lanes + q. Lengths made of 2, 3 and 5 take
 * the self-sorting mixed-radix algorithm (Stockham); all others Bluestein's convolution on a longer one.
 */
export interface Fft {
  readonly length: number;
  readonly lanes: number;
  /** Replaces each line by Σ x[n]·exp(−2πi·kn/length). For the inverse (unscaled), exchange `re` and `im`. */
  forward(re: Float64Array, im: Float64Array): void;
}

export function createFft(length: number, lanes: number): Fft {
  const radices = smallRadices(length);
  return radices === undefined ? new BluesteinFft(length, lanes) : new StockhamFft(length, lanes, radices);
}

/** The factors 4, 2, 3 and 5 of `n`, or nothing where another prime divides it. */
function smallRadices(n: number): number[] | undefined {
  const radices: number[] = [];
  let rest = n;
  for (const radix of [4, 2, 3, 5]) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  return rest === 1 ? radices : undefined;
}

class StockhamFft implements Fft {
  readonly length: number;
  readonly lanes: number;
  readonly #radices: readonly number[];
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(length: number, lanes: number, radices: readonly number[]) {
    this.length = length;
    this.lanes = lanes;
    this.#radices = radices;
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sin = Float64Array.from({ length }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
    this.#re = new Float64Array(length * lanes);
    this.#im = new Float64Array(length * lanes);
  }

  forward(re: Float64Array, im: Float64Array): void {
    let [fromRe, fromIm, toRe, toIm] = [re, im, this.#re, this.#im];
    let span = this.length;
    let stride = this.lanes;
    for (const radix of this.#radices) {
      this.#stage(radix, span / radix, stride, this.length / span, fromRe, fromIm, toRe, toIm);
      [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
      span /= radix;
      stride *= radix;
    }
    if (fromRe !== re) {
      re.set(fromRe);
      im.set(fromIm);
    }
  }

  /**
   * One butterfly stage: y[q + stride·(radix·p + k)] = ω^{pk} Σ_j x[q + stride·(p + j·groups)]·exp(−2πi·jk/radix),
   * where ω^{pk} is entry pk·twiddleStep of the table.
   */
  #stage(
    radix: number,
    groups: number,
    stride: number,
    twiddleStep: number,
    xr: Float64Array,
    xi: Float64Array,
    yr: Float64Array,
    yi: Float64Array,
  ): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const hop = stride * groups;
    for (let p = 0; p < groups; p++) {
      const from = stride * p;
      const to = stride * radix * p;
      const w = p * twiddleStep;
      const c1 = cos[w]!;
      const s1 = sin[w]!;
      if (radix === 2) {
        for (let q = 0; q < stride; q++) {
          const a = from + q;
          const b = a + hop;
          const o = to + q;
          const dr = xr[a]! - xr[b]!;
          const di = xi[a]! - xi[b]!;
          yr[o] = xr[a]! + xr[b]!;
          yi[o] = xi[a]! + xi[b]!;
          yr[o + stride] = dr * c1 - di * s1;
          yi[o + stride] = dr * s1 + di * c1;
        }
        continue;
      }
      const c2 = cos[2 * w]!;
      const s2 = sin[2 * w]!;
      if (radix === 3) {
        for (let q = 0; q < stride; q++) {
          const a = from + q;
          const b = a + hop;
          const d = b + hop;
          const o = to + q;
          const sumR = xr[b]! + xr[d]!;
          const sumI = xi[b]! + xi[d]!;
          const midR = xr[a]! - 0.5 * sumR;
          const midI = xi[a]! - 0.5 * sumI;
          const turnR = SIN_60 * (xi[b]! - xi[d]!);
          const turnI = -SIN_60 * (xr[b]! - xr[d]!);
          yr[o] = xr[a]! + sumR;
          yi[o] = xi[a]! + sumI;
          const r1 = midR + turnR;
          const i1 = midI + turnI;
          const r2 = midR - turnR;
          const i2 = midI - turnI;
          yr[o + stride] = r1 * c1 - i1 * s1;
          yi[o + stride] = r1 * s1 + i1 * c1;
          yr[o + 2 * stride] = r2 * c2 - i2 * s2;
          yi[o + 2 * stride] = r2 * s2 + i2 * c2;
        }
        continue;
      }
      const c3 = cos[3 * w]!;
      const s3 = sin[3 * w]!;
      if (radix === 4) {
        for (let q = 0; q < stride; q++) {
          const a = from + q;
          const b = a + hop;
          const d = b + hop;
          const e = d + hop;
          const o = to + q;
          const evenR = xr[a]! + xr[d]!;
          const evenI = xi[a]! + xi[d]!;
          const oddR = xr[b]! + xr[e]!;
          const oddI = xi[b]! + xi[e]!;
          const gapR = xr[a]! - xr[d]!;
          const gapI = xi[a]! - xi[d]!;
          const turnR = xi[b]! - xi[e]!;
          const turnI = xr[e]! - xr[b]!;
          yr[o] = evenR + oddR;
          yi[o] = evenI + oddI;
          const r1 = gapR + turnR;
          const i1 = gapI + turnI;
          const r2 = evenR - oddR;
          const i2 = evenI - oddI;
          const r3 = gapR - turnR;
          const i3 = gapI - turnI;
          yr[o + stride] = r1 * c1 - i1 * s1;
          yi[o + stride] = r1 * s1 + i1 * c1;
          yr[o + 2 * stride] = r2 * c2 - i2 * s2;
          yi[o + 2 * stride] = r2 * s2 + i2 * c2;
          yr[o + 3 * stride] = r3 * c3 - i3 * s3;
          yi[o + 3 * stride] = r3 * s3 + i3 * c3;
        }
        continue;
      }
      const c4 = cos[4 * w]!;
      const s4 = sin[4 * w]!;
      for (let q = 0; q < stride; q++) {
        const a = from + q;
        const b = a + hop;
        const d = b + hop;
        const e = d + hop;
        const f = e + hop;
        const o = to + q;
        const nearR = xr[b]! + xr[f]!;
        const nearI = xi[b]! + xi[f]!;
        const farR = xr[d]! + xr[e]!;
        const farI = xi[d]! + xi[e]!;
        const nearGapR = xr[b]! - xr[f]!;
        const nearGapI = xi[b]! - xi[f]!;
        const farGapR = xr[d]! - xr[e]!;
        const farGapI = xi[d]! - xi[e]!;
        yr[o] = xr[a]! + nearR + farR;
        yi[o] = xi[a]! + nearI + farI;
        const m1R = xr[a]! + COS_72 * nearR + COS_144 * farR;
        const m1I = xi[a]! + COS_72 * nearI + COS_144 * farI;
        const m2R = xr[a]! + COS_144 * nearR + COS_72 * farR;
        const m2I = xi[a]! + COS_144 * nearI + COS_72 * farI;
        const t1R = SIN_72 * nearGapI + SIN_144 * farGapI;
        const t1I = -(SIN_72 * nearGapR + SIN_144 * farGapR);
        const t2R = SIN_144 * nearGapI - SIN_72 * farGapI;
        const t2I = -(SIN_144 * nearGapR - SIN_72 * farGapR);
        yr[o + stride] = (m1R + t1R) * c1 - (m1I + t1I) * s1;
        yi[o + stride] = (m1R + t1R) * s1 + (m1I + t1I) * c1;
        yr[o + 2 * stride] = (m2R + t2R) * c2 - (m2I + t2I) * s2;
        yi[o + 2 * stride] = (m2R + t2R) * s2 + (m2I + t2I) * c2;
        yr[o + 3 * stride] = (m2R - t2R) * c3 - (m2I - t2I) * s3;
        yi[o + 3 * stride] = (m2R - t2R) * s3 + (m2I - t2I) * c3;
        yr[o + 4 * stride] = (m1R - t1R) * c4 - (m1I - t1I) * s4;
        yi[o + 4 * stride] = (m1R - t1R) * s4 + (m1I - t1I) * c4;
      }
    }
  }
}

const SIN_60 = Math.sqrt(3) / 2;
const COS_72 = Math.cos((2 * Math.PI) / 5);
const COS_144 = Math.cos((4 * Math.PI) / 5);
const SIN_72 = Math.sin((2 * Math.PI) / 5);
const SIN_144 = Math.sin((4 * Math.PI) / 5);

/** nk = (n² + k² − (k−n)²)/2 turns the transform into a convolution with a chirp (Bluestein 1970). */
class BluesteinFft implements Fft {
  readonly length: number;
  readonly lanes: number;
  readonly #inner: Fft;
  readonly #chirpRe: Float64Array;
  readonly #chirpIm: Float64Array;
  readonly #filterRe: Float64Array;
  readonly #filterIm: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(length: number, lanes: number) {
    this.length = length;
    this.lanes = lanes;
    let size = 2 * length - 1;
    while (smallRadices(size) === undefined) size++;
    this.#inner = createFft(size, lanes);
    // n² is reduced modulo the chirp's period before it meets π, which keeps the phase exact for long lines.
    const phase = (n: number): number => (Math.PI * ((n * n) % (2 * length))) / length;
    this.#chirpRe = Float64Array.from({ length }, (_, n) => Math.cos(phase(n)));
    this.#chirpIm = Float64Array.from({ length }, (_, n) => -Math.sin(phase(n)));
    this.#filterRe = new Float64Array(size);
    this.#filterIm = new Float64Array(size);
    for (let n = 0; n < length; n++) {
      for (const at of [n, (size - n) % size]) {
        this.#filterRe[at] = this.#chirpRe[n]! / size;
        this.#filterIm[at] = -this.#chirpIm[n]! / size;
      }
    }
    createFft(size, 1).forward(this.#filterRe, this.#filterIm);
    this.#re = new Float64Array(size * lanes);
    this.#im = new Float64Array(size * lanes);
  }

  forward(re: Float64Array, im: Float64Array): void {
    const lanes = this.lanes;
    const bufferRe = this.#re.fill(0);
    const bufferIm = this.#im.fill(0);
    multiply(re, im, this.#chirpRe, this.#chirpIm, lanes, bufferRe, bufferIm);
    this.#inner.forward(bufferRe, bufferIm);
    multiply(bufferRe, bufferIm, this.#filterRe, this.#filterIm, lanes, bufferRe, bufferIm);
    this.#inner.forward(bufferIm, bufferRe);
    multiply(bufferRe, bufferIm, this.#chirpRe, this.#chirpIm, lanes, re, im);
  }
}

/** Every lane of `a` times `b`, sample by sample for the length of `b`, into `out`, which may be `a`. */
function multiply(
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  lanes: number,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  for (let n = 0; n < bRe.length; n++) {
    const c = bRe[n]!;
    const s = bIm[n]!;
    for (let i = n * lanes; i < (n + 1) * lanes; i++) {
      const r = aRe[i]!;
      const j = aIm[i]!;
      outRe[i] = r * c - j * s;
      outIm[i] = r * s + j * c;
    }
  }
}
