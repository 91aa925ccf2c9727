import { pixelsPerUnit } from '../../../src-shared/model/coordinates.ts';
import type { LaplacianField } from '../../../src-shared/model/field.ts';
import { PlaneTransform } from '../transform/plane-transform.ts';
import { divideByLaplacian } from './five-point.ts';
import { removeMean } from './mean.ts';

/**
 * The image with the given 5-point Laplacian on its interior pixels and the given differences across its border.
 *
 * The interior is solved by cosines with those differences as known fluxes; each border pixel then follows from its
 * neighbour inside, a corner from the mean of its two. Planar, in image values, mean 0 in each channel.
 */
export function fivePointSolution(field: LaplacianField): Float64Array {
  const { width, height, channels } = field;
  const out = new Float64Array(field.laplacian.length);
  const solve = width >= 3 && height >= 3 ? interiorSolver(field) : thinSolver(field);
  for (let c = 0; c < channels; c++) {
    const plane = out.subarray(c * width * height, (c + 1) * width * height);
    solve(c, plane);
    removeMean(plane);
  }
  return out;
}

type ChannelSolver = (channel: number, plane: Float64Array) => void;

/** One channel's differences across the border, in image values. */
function bordersOf(field: LaplacianField, channel: number) {
  const { width, height, border } = field;
  const perPixel = 1 / pixelsPerUnit(field);
  const part = (values: Float64Array, length: number): Float64Array =>
    values.subarray(channel * length, (channel + 1) * length).map((value) => value * perPixel);
  return {
    left: part(border.left, height),
    right: part(border.right, height),
    top: part(border.top, width),
    bottom: part(border.bottom, width),
  };
}

function interiorSolver(field: LaplacianField): ChannelSolver {
  const { width, height, laplacian } = field;
  const perSquaredPixel = 1 / pixelsPerUnit(field) ** 2;
  const innerWidth = width - 2;
  const innerHeight = height - 2;
  const transform = new PlaneTransform(innerWidth, innerHeight);
  return (channel, plane) => {
    const { left, right, top, bottom } = bordersOf(field, channel);
    const inner = new Float64Array(innerWidth * innerHeight);
    for (let y = 0; y < innerHeight; y++) {
      const row = y * innerWidth;
      for (let x = 0; x < innerWidth; x++) {
        inner[row + x] = laplacian[(channel * height + y + 1) * width + x + 1]! * perSquaredPixel;
      }
      inner[row]! += left[y + 1]!;
      inner[row + innerWidth - 1]! -= right[y + 1]!;
    }
    for (let x = 0; x < innerWidth; x++) {
      inner[x]! += top[x + 1]!;
      inner[(innerHeight - 1) * innerWidth + x]! -= bottom[x + 1]!;
    }
    divideByLaplacian(inner, transform);

    const last = (height - 1) * width;
    for (let y = 1; y < height - 1; y++) {
      const row = y * width;
      plane.set(inner.subarray((y - 1) * innerWidth, y * innerWidth), row + 1);
      plane[row] = plane[row + 1]! - left[y]!;
      plane[row + width - 1] = plane[row + width - 2]! + right[y]!;
    }
    for (let x = 1; x < width - 1; x++) {
      plane[x] = plane[width + x]! - top[x]!;
      plane[last + x] = plane[last - width + x]! + bottom[x]!;
    }
    const e = width - 1;
    const s = height - 1;
    plane[0] = (plane[1]! - left[0]! + (plane[width]! - top[0]!)) / 2;
    plane[e] = (plane[e - 1]! + right[0]! + (plane[width + e]! - top[e]!)) / 2;
    plane[last] = (plane[last + 1]! - left[s]! + (plane[last - width]! + bottom[0]!)) / 2;
    plane[last + e] = (plane[last + e - 1]! + right[s]! + (plane[last - width + e]! + bottom[e]!)) / 2;
  };
}

/** For a side of 1 or 2 pixels: each line along the other side is integrated, and the pair joined across. */
function thinSolver(field: LaplacianField): ChannelSolver {
  const { width, height, laplacian } = field;
  const perSquaredPixel = 1 / pixelsPerUnit(field) ** 2;
  const upright = height >= width;
  const length = upright ? height : width;
  const lines = upright ? width : height;
  const at = (line: number, i: number): number => (upright ? i * width + line : line * width + i);
  return (channel, plane) => {
    const { left, top } = bordersOf(field, channel);
    const along = upright ? top : left;
    const across = upright ? left : top;
    for (let line = 0; line < lines; line++) {
      let step = along[line]!;
      for (let i = 1; i < length; i++) {
        plane[at(line, i)] = plane[at(line, i - 1)]! + step;
        step += laplacian[channel * width * height + at(line, i)]! * perSquaredPixel;
      }
    }
    if (lines < 2) return;
    let gap = 0;
    for (let i = 0; i < length; i++) gap += (across[i]! - (plane[at(1, i)]! - plane[at(0, i)]!)) / length;
    for (let i = 0; i < length; i++) plane[at(1, i)]! += gap;
  };
}
