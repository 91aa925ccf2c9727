import { createFft, type Fft } from './fft.ts';

/**
 * Which waves a line is made of.
 *
 * - `cosine`: x[n] = Σ_{k=0}^{N−1} c[k]·cos(πk(n+½)/N), the even extension about the edges (DCT-II/III).
 * - `sine`: x[n] = Σ_{k=1}^{N−1} s[k]·sin(πk(n+½)/N), its derivative's extension (DST-II/III); s[0] is 0. The one
 *   remaining wave, k = N, is no derivative of a cosine: analysis leaves it out, an orthogonal projection.
 */
export type Wave = 'cosine' | 'sine';

/** Complex lanes in flight, two real lines each: enough to fill cache lines, few enough to stay in cache. */
const LANES = 8;

/** The most lines one call takes. */
export const LINES = 2 * LANES;

/** Where up to `LINES` lines lie: sample n of line q at first + q·lineStride + n·stride. */
export interface Lines {
  readonly first: number;
  readonly count: number;
  readonly lineStride: number;
  readonly stride: number;
}

/**
 * Series of lines of one length, in place, by Makhoul's reordering (IEEE ASSP 28, 1980) on a complex transform,
 * one line in its real and one in its imaginary part.
 *
 * A sine series is the cosine series of (−1)ⁿx[n], backwards: s[k] = c[N−k].
 */
export class LineTransform {
  readonly #fft: Fft;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(length: number) {
    this.#fft = createFft(length, LANES);
    this.#re = new Float64Array(length * LANES);
    this.#im = new Float64Array(length * LANES);
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos((Math.PI * k) / (2 * length)));
    this.#sin = Float64Array.from({ length }, (_, k) => Math.sin((Math.PI * k) / (2 * length)));
  }

  /** Samples to coefficients. */
  analyse(data: Float64Array, { first, count, lineStride, stride }: Lines, wave: Wave): void {
    const n = this.#fft.length;
    const re = this.#re;
    const im = this.#im;
    if (count < LINES) clear(re, im);
    for (let i = 0; i < n; i++) {
      const odd = i & 1;
      const sign = odd && wave === 'sine' ? -1 : 1;
      let from = first + i * stride;
      let to = LANES * (odd ? n - 1 - (i >> 1) : i >> 1);
      for (let line = 0; line < count; line += 2) {
        re[to] = sign * data[from]!;
        if (line + 1 < count) im[to] = sign * data[from + lineStride]!;
        from += 2 * lineStride;
        to++;
      }
    }
    this.#fft.forward(re, im);
    for (let k = 0; k < n; k++) {
      const scale = (k > 0 ? 1 : wave === 'sine' ? 0 : 0.5) / n;
      const c = this.#cos[k]! * scale;
      const s = this.#sin[k]! * scale;
      const mirror = (n - k) % n;
      let to = first + (wave === 'sine' ? mirror : k) * stride;
      for (let q = 0; 2 * q < count; q++) {
        const r0 = re[k * LANES + q]!;
        const i0 = im[k * LANES + q]!;
        const r1 = re[mirror * LANES + q]!;
        const i1 = im[mirror * LANES + q]!;
        data[to] = (r0 + r1) * c + (i0 - i1) * s;
        if (2 * q + 1 < count) data[to + lineStride] = (i0 + i1) * c + (r1 - r0) * s;
        to += 2 * lineStride;
      }
    }
  }

  /** Coefficients to samples: the inverse of `analyse`. */
  synthesise(data: Float64Array, { first, count, lineStride, stride }: Lines, wave: Wave): void {
    const n = this.#fft.length;
    const re = this.#re;
    const im = this.#im;
    if (count < LINES) clear(re, im);
    for (let k = 0; k < n; k++) {
      const c = (k > 0 ? 0.5 : wave === 'sine' ? 0 : 1) * this.#cos[k]!;
      const s = 0.5 * this.#sin[k]!;
      const cMirror = k > 0 ? c : 0;
      const mirror = (n - k) % n;
      let here = first + (wave === 'sine' ? mirror : k) * stride;
      let there = first + (wave === 'sine' ? k : mirror) * stride;
      for (let q = 0; 2 * q < count; q++) {
        const a = data[here]!;
        const aMirror = data[there]!;
        const paired = 2 * q + 1 < count;
        const b = paired ? data[here + lineStride]! : 0;
        const bMirror = paired ? data[there + lineStride]! : 0;
        re[k * LANES + q] = a * c + aMirror * s - (b * s - bMirror * cMirror);
        im[k * LANES + q] = a * s - aMirror * cMirror + (b * c + bMirror * s);
        here += 2 * lineStride;
        there += 2 * lineStride;
      }
    }
    this.#fft.forward(im, re);
    for (let i = 0; i < n; i++) {
      const odd = i & 1;
      const sign = odd && wave === 'sine' ? -1 : 1;
      let from = LANES * (odd ? n - 1 - (i >> 1) : i >> 1);
      let to = first + i * stride;
      for (let line = 0; line < count; line += 2) {
        data[to] = sign * re[from]!;
        if (line + 1 < count) data[to + lineStride] = sign * im[from]!;
        to += 2 * lineStride;
        from++;
      }
    }
  }
}

function clear(re: Float64Array, im: Float64Array): void {
  re.fill(0);
  im.fill(0);
}
