import { LINES, LineTransform, type Wave } from './line-transform.ts';

/**
 * Cosine and sine series of planes [height, width], in place, in O(N log N) for any width and height.
 *
 * Coefficient (k, l), k half-waves along x and l along y, stands at l·width + k.
 */
export class PlaneTransform {
  readonly width: number;
  readonly height: number;
  readonly #alongX: LineTransform;
  readonly #alongY: LineTransform;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#alongX = new LineTransform(width);
    this.#alongY = width === height ? this.#alongX : new LineTransform(height);
  }

  /** Samples to coefficients, of waves of one kind along x and one along y. */
  analyse(plane: Float64Array, alongX: Wave, alongY: Wave): void {
    const { width, height } = this;
    for (let y = 0; y < height; y += LINES) {
      const count = Math.min(LINES, height - y);
      this.#alongX.analyse(plane, { first: y * width, count, lineStride: width, stride: 1 }, alongX);
    }
    for (let x = 0; x < width; x += LINES) {
      const count = Math.min(LINES, width - x);
      this.#alongY.analyse(plane, { first: x, count, lineStride: 1, stride: width }, alongY);
    }
  }

  /** Coefficients to samples. */
  synthesise(plane: Float64Array, alongX: Wave, alongY: Wave): void {
    const { width, height } = this;
    for (let x = 0; x < width; x += LINES) {
      const count = Math.min(LINES, width - x);
      this.#alongY.synthesise(plane, { first: x, count, lineStride: 1, stride: width }, alongY);
    }
    for (let y = 0; y < height; y += LINES) {
      const count = Math.min(LINES, height - y);
      this.#alongX.synthesise(plane, { first: y * width, count, lineStride: width, stride: 1 }, alongX);
    }
  }
}
