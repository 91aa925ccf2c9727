/** How the numbers of an image relate to light: sRGB's transfer curve (the default) or linear light. */
export type ColorEncoding = 'srgb' | 'linear';

/** Grey or RGB. Alpha is kept aside, never a channel of the field. */
export type ChannelCount = 1 | 3;

/** Width and height in pixels, both at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A decoded photograph as real numbers.
 *
 * `data` is planar, [channels, height, width], row-major, nominally in 0…1 in `encoding`.
 * `alpha`, where the file had one, is [height, width] in 0…1 and takes no part in the mathematics.
 */
export interface LinearImage extends Size {
  readonly channels: ChannelCount;
  readonly encoding: ColorEncoding;
  /** Bits per sample of the file it came from: what an export keeps by default. */
  readonly bitDepth: 8 | 16;
  readonly data: Float32Array;
  readonly alpha?: Float32Array;
}

/** Where the top-left corner of a source lands on its target, in whole pixels; may be negative. */
export interface Placement {
  readonly x: number;
  readonly y: number;
}
