import type { MaskRaster } from './mask-raster.ts';
import { nowhere, union, type Rectangle } from './rectangle.ts';
import { tileSide } from './tile-grid.ts';

/** A block of the mask and its surroundings: row-major bytes. */
export interface Surroundings {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What lies beyond the picture: the picture's edge going on, or one value. */
export type Beyond = 'edge' | number;

/** Blocks are large beside what they need around them, or most work would be done twice. */
const blockSide = (reach: number) => tileSide * Math.min(Math.max(Math.ceil((2 * reach) / tileSide), 1), 8);

/**
 * Replaces every pixel by what `filter` makes of its surroundings, `reach` pixels each way. `filter` answers with the
 * block inside that margin, and must leave alone what has one value all around: there it is not called, so that time
 * and memory go by the length of the mask's edge, not by the size of the picture.
 */
export function filterLocally(
  mask: MaskRaster,
  reach: number,
  beyond: Beyond,
  filter: (around: Surroundings) => Uint8Array,
): Rectangle {
  const side = blockSide(reach);
  const made: { readonly block: Rectangle; readonly bytes: Uint8Array }[] = [];
  for (let y = 0; y < mask.height; y += side) {
    for (let x = 0; x < mask.width; x += side) {
      const width = Math.min(side, mask.width - x);
      const height = Math.min(side, mask.height - y);
      const around = {
        x: x - reach,
        y: y - reach,
        width: width + 2 * reach,
        height: height + 2 * reach,
      };
      if (mask.uniformIn(around) !== null) continue;
      const data = readBeyond(mask, around, beyond);
      const bytes = filter({ width: around.width, height: around.height, data });
      made.push({ block: { x, y, width, height }, bytes });
    }
  }
  // What has been made must not be seen by its neighbours.
  return made.reduce((touched, { block, bytes }) => union(touched, mask.write(block, bytes)), nowhere);
}

/** The bytes of a rectangle that may reach beyond the mask. */
function readBeyond(mask: MaskRaster, part: Rectangle, beyond: Beyond): Uint8Array {
  const bytes = new Uint8Array(part.width * part.height);
  for (let row = 0, to = 0; row < part.height; row++) {
    const y = part.y + row;
    const line = Math.min(Math.max(y, 0), mask.height - 1) * mask.width;
    for (let column = 0; column < part.width; column++, to++) {
      const x = part.x + column;
      const isWithin = x >= 0 && y >= 0 && x < mask.width && y < mask.height;
      bytes[to] =
        isWithin || beyond === 'edge' ? mask.data[line + Math.min(Math.max(x, 0), mask.width - 1)]! : beyond;
    }
  }
  return bytes;
}

/** The block inside a margin of `reach`. */
export function withoutMargin(
  { width, height }: Surroundings,
  reach: number,
  valueAt: (i: number) => number,
): Uint8Array {
  const block = new Uint8Array((width - 2 * reach) * (height - 2 * reach));
  for (let y = reach, to = 0; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++, to++) block[to] = valueAt(y * width + x);
  }
  return block;
}
