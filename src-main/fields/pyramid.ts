import { halved } from './halved.ts';
import type { Raster } from './raster.ts';

/** An image that is looked at in many sizes: its means of 2×2, 4×4, … pixels are made once, when first asked for. */
export class Pyramid implements Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: Raster['channels'];
  readonly data: Float32Array;
  readonly #levels: Raster[] = [];

  constructor({ width, height, channels, data }: Raster) {
    [this.width, this.height, this.channels, this.data] = [width, height, channels, data];
  }

  /** Bytes that it holds at most, all its levels made. */
  get bytes(): number {
    return Math.ceil((this.data.byteLength * 4) / 3);
  }

  /** The image halved so many times, as `halved` does it. */
  level(halvings: number): Raster {
    if (halvings === 0) return this;
    return (this.#levels[halvings - 1] ??= halved(this.level(halvings - 1)));
  }
}
