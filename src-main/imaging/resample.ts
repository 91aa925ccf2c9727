import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { LinearImage, Size } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { inSlices } from './slices.ts';

export interface ResizeOptions {
  /** Allows a longer side than the source has; without it an image that is small enough stays as it is. */
  readonly enlarge?: boolean;
}

/** The size with the given longest side, its other side rounded to the nearest pixel, at least 1. */
export function sizeWithin({ width, height }: Size, longestSide: number, options: ResizeOptions = {}): Size {
  if (!Number.isInteger(longestSide) || longestSide < 1) {
    throw new SeamfieldError(
      'bad-option',
      `The size ${longestSide} is not a whole number of pixels above 0.`,
    );
  }
  const longest = Math.max(width, height);
  if (longest === longestSide || (longest < longestSide && options.enlarge !== true))
    return { width, height };
  const scaled = (side: number) => Math.max(1, Math.round((side * longestSide) / longest));
  return { width: scaled(width), height: scaled(height) };
}

/**
 * An image with the given longest side, by Lanczos with three lobes (widened by the scale when reducing, so that
 * nothing aliases), in the image's own encoding. Alpha is resampled by itself.
 *
 * Never larger than the source unless asked; returned as it is where there is nothing to do. Overshoot at
 * edges is cut to the range each channel had. Throws `bad-option` for a size below 1 and `cancelled`.
 */
export async function resizeImage(
  signal: AbortSignal,
  image: LinearImage,
  longestSide: number,
  options: ResizeOptions = {},
): Promise<LinearImage> {
  return resizeImageTo(signal, image, sizeWithin(image, longestSide, options));
}

/** As `resizeImage`, to an exact size. */
export async function resizeImageTo(
  signal: AbortSignal,
  image: LinearImage,
  size: Size,
): Promise<LinearImage> {
  const { width, height } = size;
  if (width === image.width && height === image.height) return image;
  const data = await resizePlanes(signal, image.data, image, image.channels, size);
  const resized = { ...image, width, height, data };
  if (image.alpha === undefined) return resized;
  return { ...resized, alpha: await resizePlanes(signal, image.alpha, image, 1, size) };
}

/** A mask resampled to a size, as images are. */
export async function resizeMask(signal: AbortSignal, mask: Mask, { width, height }: Size): Promise<Mask> {
  if (width === mask.width && height === mask.height) return mask;
  return { width, height, data: await resizePlanes(signal, mask.data, mask, 1, { width, height }) };
}

const lobes = 3;

/** sinc(x)·sinc(x/3) within three units of 0. */
function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= lobes) return 0;
  const angle = Math.PI * x;
  return (lobes * Math.sin(angle) * Math.sin(angle / lobes)) / (angle * angle);
}

/** For each output pixel along a side: the first input pixel it draws on, and `taps` weights that sum to 1. */
interface Filter {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

function filterBetween(from: number, to: number): Filter {
  const scale = Math.max(from / to, 1);
  const taps = Math.min(Math.ceil(2 * lobes * scale) + 1, from);
  const first = new Int32Array(to);
  const weights = new Float64Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const start = Math.min(Math.max(Math.ceil(centre - lobes * scale), 0), from - taps);
    first[i] = start;
    let sum = 0;
    for (let k = 0; k < taps; k++) sum += weights[i * taps + k] = lanczos((start + k - centre) / scale);
    for (let k = 0; k < taps; k++) weights[i * taps + k]! /= sum;
  }
  return { taps, first, weights };
}

/** Multiply-adds in one slice of work. */
const workPerSlice = 8_000_000;

/** Runs `row` for every row, in slices. */
function forRows(
  signal: AbortSignal,
  rows: number,
  workPerRow: number,
  row: (y: number) => void,
): Promise<void> {
  const perSlice = Math.max(1, Math.floor(workPerSlice / workPerRow));
  return inSlices(signal, 'Resizing', rows, perSlice, (from, to) => {
    for (let y = from; y < to; y++) row(y);
  });
}

async function resizePlanes(
  signal: AbortSignal,
  data: Float32Array,
  from: Size,
  planes: number,
  to: Size,
): Promise<Float32Array> {
  const across = filterBetween(from.width, to.width);
  const down = filterBetween(from.height, to.height);
  const low = new Float64Array(planes).fill(Infinity);
  const high = new Float64Array(planes).fill(-Infinity);
  // Rows first, kept in double precision, so that only the result is rounded.
  const narrow = new Float64Array(planes * from.height * to.width);
  await forRows(signal, planes * from.height, to.width * across.taps + from.width, (y) => {
    const line = data.subarray(y * from.width, (y + 1) * from.width);
    filterRow(across, line, narrow.subarray(y * to.width, (y + 1) * to.width));
    const plane = Math.floor(y / from.height);
    for (const value of line) {
      if (value < low[plane]!) low[plane] = value;
      if (value > high[plane]!) high[plane] = value;
    }
  });
  const result = new Float32Array(planes * to.height * to.width);
  const sums = new Float64Array(to.width);
  await forRows(signal, planes * to.height, to.width * down.taps, (row) => {
    const plane = Math.floor(row / to.height);
    const y = row % to.height;
    sums.fill(0);
    for (let k = 0; k < down.taps; k++) {
      const weight = down.weights[y * down.taps + k]!;
      const start = (plane * from.height + down.first[y]! + k) * to.width;
      for (let x = 0; x < to.width; x++) sums[x] = sums[x]! + weight * narrow[start + x]!;
    }
    const at = row * to.width;
    for (let x = 0; x < to.width; x++)
      result[at + x] = Math.min(Math.max(sums[x]!, low[plane]!), high[plane]!);
  });
  return result;
}

function filterRow({ taps, first, weights }: Filter, line: Float32Array, into: Float64Array): void {
  for (let x = 0; x < into.length; x++) {
    const start = first[x]!;
    let sum = 0;
    for (let k = 0; k < taps; k++) sum += weights[x * taps + k]! * line[start + k]!;
    into[x] = sum;
  }
}
