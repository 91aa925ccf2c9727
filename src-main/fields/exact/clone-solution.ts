import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';
import type { GradientField, Seam } from '../../../src-shared/model/field.ts';
import { boundingBox } from '../bounding-box.ts';
import { cropPlane, type Rectangle } from '../raster.ts';
import type { Steps } from '../steps.ts';
import { solveRegion, type StoppingRule } from '../region/solve-region.ts';
import { removeMean } from './mean.ts';
import { staggeredSolution } from './staggered-solution.ts';

/**
 * The solution around a seam, u = t + v: t the target, integrated from its own gradient and mean-free, and v = 0
 * outside the region, with −Δv = −div(field − target's gradient) in it. Planar, in image values.
 *
 * A region that is everything has no seam: the solution is then that of the field by itself.
 *
 * @throws SeamfieldError as `solveRegion` does.
 */
export function* cloneSolution(
  field: GradientField,
  { inside, target }: Seam,
  stoppingRule?: StoppingRule,
): Steps<Float64Array> {
  const { width, height } = field;
  const box = boundingBox(inside, width, height);
  if (box !== undefined && isAllInside(inside)) return yield* staggeredSolution(field);
  const out = integrate(target);
  if (box === undefined) return out;
  const domain = {
    width: box.width,
    height: box.height,
    inside: cropPlane(inside, width, box),
    free: {
      left: box.x === 0,
      right: box.x + box.width === width,
      top: box.y === 0,
      bottom: box.y + box.height === height,
    },
  };
  yield;
  yield* solveRegion(domain, correctedBy(out, field, { inside, target }, box), stoppingRule);
  return out;
}

/** The right-hand side of each channel, whose solution is added to the channel's plane of `out` in the box. */
function* correctedBy(
  out: Float64Array,
  field: GradientField,
  { inside, target }: Seam,
  box: Rectangle,
): Generator<Float64Array> {
  const { width, height, channels } = field;
  const plane = new Float64Array(box.width * box.height);
  for (let c = 0; c < channels; c++) {
    sourceTerm(field, target, inside, c, box, plane);
    yield plane;
    addPlane(out.subarray(c * width * height, (c + 1) * width * height), width, plane, box);
  }
}

/** Adds a plane of the box's size to one of rows `stride` long, where the box lies on it. */
function addPlane(to: Float64Array, stride: number, plane: Float64Array, box: Rectangle): void {
  for (let y = 0; y < box.height; y++) {
    addRow(to, (box.y + y) * stride + box.x, plane, y * box.width, box.width);
  }
}

function addRow(to: Float64Array, at: number, values: Float64Array, from: number, count: number): void {
  for (let k = 0; k < count; k++) to[at + k]! += values[from + k]!;
}

function isAllInside(inside: Uint8Array): boolean {
  return inside.indexOf(0) < 0;
}

/** The image whose forward differences a field is, summed along its first column and its rows; mean 0 a channel. */
function integrate(field: GradientField): Float64Array {
  const { width, height, channels, dx, dy } = field;
  const perPixel = 1 / pixelsPerUnit(field);
  const out = new Float64Array(dx.length);
  for (let c = 0; c < channels; c++) {
    const plane = c * width * height;
    for (let y = 0; y < height; y++) {
      const row = plane + y * width;
      if (y > 0) out[row] = out[row - width]! + dy[row - width]! * perPixel;
      integrateRow(dx, perPixel, row, width, out);
    }
    removeMean(out.subarray(plane, plane + width * height));
  }
  return out;
}

/** Sums up the differences of a row of `count` values from index `first` on, whose first value is there already. */
function integrateRow(
  dx: Float64Array,
  perPixel: number,
  first: number,
  count: number,
  out: Float64Array,
): void {
  let value = out[first]!;
  for (let i = first + 1; i < first + count; i++) {
    value += dx[i - 1]! * perPixel;
    out[i] = value;
  }
}

interface RowEdges {
  readonly hasWest: boolean;
  readonly hasNorth: boolean;
  readonly hasSouth: boolean;
  readonly rightmost: number;
}

/** Writes −div(field − target) on one channel's region into `out`, [height, width] of `box`, in image values. */
function sourceTerm(
  field: GradientField,
  target: GradientField,
  inside: Uint8Array,
  channel: number,
  box: Rectangle,
  out: Float64Array,
): void {
  const { width, height } = field;
  const perPixel = 1 / pixelsPerUnit(field);
  const plane = channel * width * height;
  for (let y = box.y; y < box.y + box.height; y++) {
    const from = y * width + box.x;
    const row = out.subarray((y - box.y) * box.width, (y - box.y + 1) * box.width);
    const edges = {
      hasWest: box.x > 0,
      hasNorth: y > 0,
      hasSouth: y < height - 1,
      rightmost: width - 1 - box.x,
    };
    sourceTermRow(field, target, inside, from, plane + from, edges, perPixel, row);
  }
}

/** One row of it, from index `first` of the field and `pixel` of the region on. `rightmost` has no difference to its east. */
function sourceTermRow(
  { width, dx, dy }: GradientField,
  { dx: ownX, dy: ownY }: GradientField,
  inside: Uint8Array,
  pixel: number,
  first: number,
  { hasWest, hasNorth, hasSouth, rightmost }: RowEdges,
  perPixel: number,
  out: Float64Array,
): void {
  let west = hasWest ? dx[first - 1]! - ownX[first - 1]! : 0;
  for (let x = 0, i = first; x < out.length; x++, i++) {
    const east = x < rightmost ? dx[i]! - ownX[i]! : 0;
    if (inside[pixel + x] !== 0) {
      const south = hasSouth ? dy[i]! - ownY[i]! : 0;
      const north = hasNorth ? dy[i - width]! - ownY[i - width]! : 0;
      out[x] = (west - east + (north - south)) * perPixel;
    }
    west = east;
  }
}
