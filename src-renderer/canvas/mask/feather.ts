import { filterLocally, withoutMargin, type Surroundings } from './local-filter.ts';
import type { MaskRaster } from './mask-raster.ts';
import type { Rectangle } from './rectangle.ts';

/**
 * Softens the mask's edge: three box blurs in turn, close to a Gaussian of standard deviation `radius`/2 pixels.
 *
 * Beyond the picture the mask goes on as at its edge, so that a mask that meets the edge stays whole there.
 */
export function feather(mask: MaskRaster, radius: number): Rectangle {
  return blurred(mask, radius, (value) => value);
}

/**
 * Rounds corners off and takes away what is smaller than `radius` pixels: blurs, and draws the edge anew where half
 * is covered, a pixel wide.
 */
export function smooth(mask: MaskRaster, radius: number): Rectangle {
  // A straight edge blurred so wide rises by about 1/(radius·√(π/2)) a pixel at its middle.
  const steepness = Math.max(radius * Math.sqrt(Math.PI / 2), 1);
  return blurred(mask, radius, (value) => Math.min(Math.max(127.5 + (value - 127.5) * steepness, 0), 255));
}

function blurred(mask: MaskRaster, radius: number, toned: (value: number) => number): Rectangle {
  const side = boxSide(radius);
  const reach = 3 * side;
  return filterLocally(mask, reach, 'edge', (around) => {
    const plane = blur(around, side);
    return withoutMargin(around, reach, (i) => Math.round(toned(plane[i]!)));
  });
}

/** How far a box reaches to each side; three boxes of 2·side+1 have the variance side·(side+1). */
function boxSide(radius: number): number {
  return Math.max(1, Math.round(radius / 2));
}

function blur({ width, height, data }: Surroundings, side: number): Float32Array {
  let plane = Float32Array.from(data);
  for (let turn = 0; turn < 3; turn++) {
    plane = boxBlur(plane, width, height, 1, width, side);
    plane = boxBlur(plane, height, width, width, 1, side);
  }
  return plane;
}

/** The mean of 2·side+1 neighbours along each of `lines` lines of `length` values. */
function boxBlur(
  plane: Float32Array<ArrayBuffer>,
  length: number,
  lines: number,
  step: number,
  stride: number,
  side: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(plane.length);
  const count = 2 * side + 1;
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => plane[line * stride + Math.min(Math.max(i, 0), length - 1) * step]!;
    let sum = 0;
    for (let i = -side; i <= side; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      out[line * stride + i * step] = sum / count;
      sum += at(i + side + 1) - at(i - side);
    }
  }
  return out;
}
