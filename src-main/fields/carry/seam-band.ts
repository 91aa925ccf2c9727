import type { Size } from '../../../src-shared/model/image.ts';
import type { Steps } from '../steps.ts';

/** How far the band's values may be from the solution: the norm of its residual over that of the first. */
const tolerance = 1e-4;
const maxIterations = 2000;
/** Pixels looked at in a step. */
const pixelsPerStep = 2 ** 18;

/**
 * The pixels of a region within `reach` steps, from pixel to neighbouring pixel, of its outline, and the equation there:
 * Σ over a pixel's neighbours j of (R − R_j) = drive, with R held at what it is farther inside, and no flux across the
 * picture's edge.
 *
 * Only the band takes memory, whatever lies between. Solved by conjugate gradients, which need about as many
 * iterations as the band is wide.
 */
export class SeamBand {
  /** By their index in the picture. */
  readonly pixels: Int32Array;
  /** For each pixel its four neighbours' places in `pixels`; −1 for what is held, or isn't there. */
  readonly #neighbours: Int32Array;
  readonly #diagonal: Uint8Array;
  readonly #inside: Uint8Array;
  readonly #size: Size;

  private constructor(size: Size, inside: Uint8Array, pixels: Int32Array) {
    this.#size = size;
    this.#inside = inside;
    this.pixels = pixels;
    this.#neighbours = new Int32Array(4 * pixels.length).fill(-1);
    this.#diagonal = new Uint8Array(pixels.length);
  }

  /** @param inside [height, width], 1 in the region */
  static *along(size: Size, inside: Uint8Array, reach: number): Steps<SeamBand> {
    const places = new Int32Array(inside.length).fill(-1);
    const pixels = yield* gathered(size, inside, places, reach);
    const band = new SeamBand(size, inside, pixels);
    for (let k = 0; k < pixels.length; k++) {
      if (k % pixelsPerStep === 0) yield;
      around(size, pixels[k]!, (neighbour, side) => {
        band.#neighbours[4 * k + side] = places[neighbour]!;
        band.#diagonal[k]!++;
      });
    }
    return band;
  }

  /**
   * Brings one plane of values to the solution in the band, in place, an iteration in a step.
   *
   * @param values,drive [height, width]
   * @param told how much of it is done, 0…1, which never falls
   */
  *solve(values: Float32Array, drive: Float32Array, told: (share: number) => void): Steps<void> {
    const count = this.pixels.length;
    const [correction, residual] = [new Float64Array(count), new Float64Array(count)];
    this.pixels.forEach((pixel, k) => {
      let sum = drive[pixel]! - this.#diagonal[k]! * values[pixel]!;
      around(this.#size, pixel, (neighbour) => {
        if (this.#inside[neighbour] !== 0) sum += values[neighbour]!;
      });
      residual[k] = sum;
    });
    const direction = residual.slice();
    const image = new Float64Array(count);
    let energy = dot(residual, residual);
    const [begun, enough] = [energy, energy * tolerance ** 2];
    let share = 0;
    for (let n = 0; energy > enough && n < maxIterations; n++) {
      yield;
      this.#apply(direction, image);
      const step = energy / dot(direction, image);
      addTo(correction, direction, step);
      addTo(residual, image, -step);
      const next = dot(residual, residual);
      turn(direction, residual, next / energy);
      energy = next;
      // Residuals fall by the same factor in like times, more or less.
      share = Math.max(share, Math.log(begun / energy) / Math.log(begun / enough));
      told(Math.min(1, share));
    }
    this.pixels.forEach((pixel, k) => {
      values[pixel]! += correction[k]!;
    });
  }

  #apply(values: Float64Array, out: Float64Array): void {
    const neighbours = this.#neighbours;
    for (let k = 0, at = 0; k < out.length; k++, at += 4) {
      let sum = this.#diagonal[k]! * values[k]!;
      for (let side = at; side < at + 4; side++) {
        const neighbour = neighbours[side]!;
        if (neighbour >= 0) sum -= values[neighbour]!;
      }
      out[k] = sum;
    }
  }
}

/** The band's pixels, those at the outline first, and their places put down. */
function* gathered(size: Size, inside: Uint8Array, places: Int32Array, reach: number): Steps<Int32Array> {
  let pixels = new Int32Array(1024);
  let count = 0;
  const add = (pixel: number) => {
    if (places[pixel] !== -1 || inside[pixel] === 0) return;
    if (count === pixels.length) {
      const more = new Int32Array(2 * count);
      more.set(pixels);
      pixels = more;
    }
    places[pixel] = count;
    pixels[count++] = pixel;
  };
  for (let pixel = 0; pixel < inside.length; pixel++) {
    if (pixel % pixelsPerStep === 0) yield;
    if (inside[pixel] === 0) continue;
    let isOutline = false;
    around(size, pixel, (neighbour) => {
      if (inside[neighbour] === 0) isOutline = true;
    });
    if (isOutline) add(pixel);
  }
  for (let level = 1, from = 0; level < reach && from < count; level++) {
    yield;
    const to = count;
    for (let k = from; k < to; k++) around(size, pixels[k]!, add);
    from = to;
  }
  return pixels.slice(0, count);
}

function around(
  { width, height }: Size,
  pixel: number,
  visit: (neighbour: number, side: number) => void,
): void {
  const x = pixel % width;
  if (x > 0) visit(pixel - 1, 0);
  if (x < width - 1) visit(pixel + 1, 1);
  if (pixel >= width) visit(pixel - width, 2);
  if (pixel < width * (height - 1)) visit(pixel + width, 3);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function addTo(a: Float64Array, b: Float64Array, by: number): void {
  for (let k = 0; k < a.length; k++) a[k]! += by * b[k]!;
}

function turn(direction: Float64Array, residual: Float64Array, share: number): void {
  for (let k = 0; k < direction.length; k++) direction[k] = residual[k]! + share * direction[k]!;
}
