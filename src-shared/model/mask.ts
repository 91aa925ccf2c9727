import type { Size } from './image.ts';

/** A soft selection: [height, width], row-major, 0 outside … 1 inside. */
export interface Mask extends Size {
  readonly data: Float32Array;
}
