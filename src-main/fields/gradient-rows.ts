import type { GradientField } from '../../src-shared/model/field.ts';
import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import { differences } from './differences.ts';
import type { Raster, Rectangle } from './raster.ts';

/** The differences of one row of an image, planar [channels, width]; `dy` lead to the row below. */
export interface GradientRow {
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/** A staggered gradient field row by row, none of which need exist before it is asked for. */
export interface GradientRows extends Size {
  readonly channels: ChannelCount;
  /** The values of row y; valid until another row is asked for. */
  row(y: number): GradientRow;
}

/** The part of an image under `within`, differentiated as by `staggeredGradient` when asked for. */
export function staggeredRows(image: Raster, within: Rectangle, perUnit: number): GradientRows {
  const { channels, data } = image;
  const { x, width, height } = within;
  const dx = new Float64Array(channels * width);
  const dy = new Float64Array(channels * width);
  const row = (y: number): GradientRow => {
    for (let c = 0; c < channels; c++) {
      const from = (c * image.height + within.y + y) * image.width + x;
      const to = c * width;
      differences(data, from, 1, width - 1, perUnit, dx, to);
      if (y < height - 1) differences(data, from, image.width, width, perUnit, dy, to);
    }
    return { dx, dy };
  };
  return { width, height, channels, row };
}

/** The rows of a field that is there already. */
export function rowsOf({ width, height, channels, dx, dy }: GradientField): GradientRows {
  const line = (planar: Float64Array, y: number): Float64Array => {
    const out = new Float64Array(channels * width);
    for (let c = 0; c < channels; c++) {
      const from = (c * height + y) * width;
      out.set(planar.subarray(from, from + width), c * width);
    }
    return out;
  };
  return { width, height, channels, row: (y) => ({ dx: line(dx, y), dy: line(dy, y) }) };
}
