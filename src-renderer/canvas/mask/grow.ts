import { squaredDistances } from './distance.ts';
import { filterLocally, withoutMargin, type Surroundings } from './local-filter.ts';
import type { MaskRaster } from './mask-raster.ts';
import type { Rectangle } from './rectangle.ts';

/** Level sets that a soft mask is grown by; between two of them the distance is interpolated. */
const levelSets = 8;

/**
 * Moves the mask's edge outward by `pixels`, in every direction alike.
 *
 * A soft mask is the stack of its level sets {coverage ≥ t}; each is grown by the Euclidean distance d from its pixels'
 * centres, to the coverage clamp(pixels + 1 − d), and the result is their mean. So a hard edge stays one pixel wide and
 * a feathered one keeps its width. Beyond the picture nothing is selected.
 */
export function grow(mask: MaskRaster, pixels: number): Rectangle {
  return dilate(mask, pixels, (value) => value, 0);
}

/** Moves the mask's edge inward. The picture's edge is none: a mask that meets it keeps meeting it. */
export function shrink(mask: MaskRaster, pixels: number): Rectangle {
  return dilate(mask, pixels, (value) => 255 - value, 255);
}

/** `seen` is the mask itself or its complement; it is its own inverse. */
function dilate(
  mask: MaskRaster,
  pixels: number,
  seen: (value: number) => number,
  beyond: number,
): Rectangle {
  const reach = Math.ceil(pixels) + 1;
  return filterLocally(mask, reach, beyond, (around) => {
    const data = around.data.map(seen);
    const dilated = dilatedPlane({ ...around, data }, pixels);
    return withoutMargin(around, reach, (i) => seen(Math.max(data[i]!, Math.round(dilated[i]!))));
  });
}

/** 0…255, not rounded. */
function dilatedPlane({ width, height, data }: Surroundings, pixels: number): Float32Array {
  const out = new Float32Array(width * height);
  const distanceTo = (level: number) => squaredDistances((i) => data[i]! >= level, width, height);
  const levels = levelsOf(data);
  const exact = levels.length <= levelSets;
  const steps = exact ? levels : Array.from({ length: levelSets + 1 }, (_, k) => 1 + (254 * k) / levelSets);
  let below: Float64Array | null = null;
  steps.forEach((level, k) => {
    const squared = distanceTo(level);
    if (exact) {
      const weight = level - (levels[k - 1] ?? 0);
      for (let i = 0; i < out.length; i++) out[i]! += weight * covered(Math.sqrt(squared[i]!), pixels);
    } else if (below !== null) {
      const weight = 255 / levelSets;
      for (let i = 0; i < out.length; i++) out[i]! += weight * between(below[i]!, squared[i]!, pixels);
    }
    below = squared;
  });
  return out;
}

const covered = (distance: number, pixels: number) => Math.min(Math.max(pixels + 1 - distance, 0), 1);

/** The mean coverage of the level sets between two, whose distance goes evenly from one's to the other's. */
function between(near: number, far: number, pixels: number): number {
  if (near >= (pixels + 1) ** 2) return 0;
  if (far <= pixels ** 2) return 1;
  const from = Math.sqrt(near);
  if (far === Infinity) return covered(from, pixels) / 2;
  const to = Math.sqrt(far);
  if (to - from < 1e-9) return covered(from, pixels);
  // The integral of the coverage over the distance, from its antiderivative.
  const upTo = (distance: number) => {
    const d = Math.min(Math.max(distance - pixels, 0), 1);
    return Math.min(distance, pixels) + d - (d * d) / 2;
  };
  return (upTo(to) - upTo(from)) / (to - from);
}

/** The values above 0 that occur, in rising order. */
function levelsOf(data: Uint8Array): number[] {
  const occurs = new Uint8Array(256);
  for (const value of data) occurs[value] = 1;
  return [...occurs.keys()].filter((value) => value > 0 && occurs[value] === 1);
}
