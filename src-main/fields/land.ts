import {
  compose,
  inverse,
  isOnGrid,
  mapPoint,
  toMatrix,
  type Matrix,
  type Transform,
} from '../../src-shared/model/composition.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { boundingBox } from './bounding-box.ts';
import { catmullRom, tent } from './kernels.ts';
import type { LandedLayer } from './landed-layer.ts';
import { maskBounds, placedMaskBounds, type MaskPlace } from './mask-bounds.ts';
import { Pyramid } from './pyramid.ts';
import type { Raster, Rectangle } from './raster.ts';
import { coverage, landingOf, warp } from './warp.ts';

/** A layer as it is given: its pixels on its own grid, and how they lie on the target. */
export interface Layer extends Pick<LandedLayer, 'source' | 'mask' | 'mode' | 'alpha'> {
  readonly transform: Transform;
  /** How the mask lies on the source where it is not of its size. */
  readonly maskAt?: MaskPlace;
}

/** Pixels of source around its mask that come along: what differences and interpolation between them reach. */
const around = 4;

/**
 * A layer on a grid of so many pixels, `toGrid` leading there from its target's pixel-edge coordinates. Undefined where
 * nothing that its mask selects lies there.
 *
 * Whole-pixel moves, mirror images and quarter turns that meet the grid keep every sample to the bit. Else the source
 * is resampled by a Catmull–Rom spline and its mask linearly, both over an area where they are reduced; the source
 * ends with the last pixel whose centre is in its frame, and so does its mask.
 */
export function land(layer: Layer, grid: Size, toGrid: Matrix): LandedLayer | undefined {
  const { source, mask, maskAt, transform, ...fusion } = layer;
  const masked = maskAt === undefined ? maskBounds(mask) : placedMaskBounds(mask, maskAt, source);
  if (masked === undefined) return undefined;
  const matrix = compose(toGrid, toMatrix(transform, source));
  const frame = { x: 0, y: 0, width: grid.width, height: grid.height };
  if (isOnGrid(matrix) && maskAt === undefined) {
    if (landingOf(matrix, masked, 0, frame) === undefined) return undefined;
    if (matrix.a === 1 && matrix.d === 1) {
      return { ...fusion, source, mask, placement: { x: matrix.e, y: matrix.f } };
    }
    const turned = rearranged(source, matrix);
    const { width, height } = turned.raster;
    const { data } = rearranged(asRaster(mask), matrix).raster;
    return { ...fusion, source: turned.raster, mask: { width, height, data }, placement: turned.placement };
  }
  const onto = landingOf(matrix, masked, reachOf(matrix), frame);
  if (onto === undefined) return undefined;
  const landed = resampled(layer, matrix, onto);
  return boundingBox(landed.mask.data, onto.width, onto.height) === undefined ? undefined : landed;
}

/** Pixels around where a mask lands that are wanted of its source where it is resampled. */
export function reachOf({ a, b, c, d }: Matrix): number {
  return Math.ceil(Math.max(1, Math.hypot(a, b), Math.hypot(c, d))) + around;
}

/** A layer on the pixels of a rectangle of its grid, whatever of its mask lies there. */
export function resampled(layer: Layer, matrix: Matrix, onto: Rectangle): LandedLayer {
  const { source, mask, maskAt, mode, alpha } = layer;
  const covered = coverage(source, matrix, onto);
  const maskMatrix =
    maskAt === undefined
      ? matrix
      : compose(matrix, { a: maskAt.step, b: 0, c: 0, d: maskAt.step, e: maskAt.x, f: maskAt.y });
  const { width, height, data } = warp(asRaster(mask), maskMatrix, onto, tent);
  covered?.forEach((isCovered, i) => {
    if (isCovered === 0) data[i] = 0;
  });
  return {
    source: warp(source, matrix, onto, catmullRom),
    mask: { width, height, data },
    ...(covered && { covered }),
    placement: { x: onto.x, y: onto.y },
    mode,
    alpha,
  };
}

function asRaster(mask: Mask): Raster {
  if (mask instanceof Pyramid) return mask;
  const { width, height, data } = mask;
  return { width, height, channels: 1, data };
}

/** The pixels of an image in the order in which a matrix `isOnGrid` lays them. */
function rearranged(image: Raster, matrix: Matrix) {
  const first = mapPoint(matrix, { x: 0, y: 0 });
  const last = mapPoint(matrix, { x: image.width, y: image.height });
  const placement = { x: Math.min(first.x, last.x), y: Math.min(first.y, last.y) };
  const width = Math.abs(last.x - first.x);
  const height = Math.abs(last.y - first.y);
  const back = inverse(matrix);
  const start = mapPoint(back, { x: placement.x + 0.5, y: placement.y + 0.5 });
  const origin = Math.floor(start.y) * image.width + Math.floor(start.x);
  const [alongX, alongY] = [back.b * image.width + back.a, back.d * image.width + back.c];
  const data = new Float32Array(image.data.length);
  const plane = width * height;
  for (let row = 0; row < image.channels * height; row++) {
    const c = Math.floor(row / height);
    pick(image.data, c * plane + origin + (row % height) * alongY, alongX, data, row * width, width);
  }
  return { placement, raster: { width, height, channels: image.channels, data } };
}

/** Every `step`th value from index `from` on. */
function pick(
  data: Float32Array,
  from: number,
  step: number,
  out: Float32Array,
  to: number,
  count: number,
): void {
  for (let k = 0; k < count; k++) out[to + k] = data[from + k * step]!;
}
