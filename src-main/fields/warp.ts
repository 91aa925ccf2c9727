import { inverse, mapPoint, type Matrix } from '../../src-shared/model/composition.ts';
import { tapsAt, type Kernel, type Taps } from './kernels.ts';
import { halved } from './halved.ts';
import { Pyramid } from './pyramid.ts';
import { crop, intersection, type Raster, type Rectangle } from './raster.ts';

/**
 * An image under a matrix from its pixel-edge coordinates to others, as seen on the pixels of a rectangle there.
 *
 * Where it is reduced the kernel is widened by the reduction, along the image's own axes, so that nothing aliases;
 * beyond a factor of two by way of means of 2×2 pixels. Outside its frame the image goes on with its outermost pixels.
 * Weights sum to 1, so that a constant image keeps its value.
 */
export function warp(image: Raster, matrix: Matrix, onto: Rectangle, kernel: Kernel): Raster {
  const back = inverse(matrix);
  const spread = { x: Math.hypot(back.a, back.c), y: Math.hypot(back.b, back.d) };
  const halvings = Math.max(0, Math.floor(Math.log2(Math.min(spread.x, spread.y))));
  const needed = neededOf(image, back, onto, kernel, spread, 2 ** halvings);
  const part = reducedPart(image, needed, halvings);
  const factor = 2 ** -halvings;
  const toPart: Matrix = {
    a: back.a * factor,
    b: back.b * factor,
    c: back.c * factor,
    d: back.d * factor,
    e: (back.e - needed.x) * factor,
    f: (back.f - needed.y) * factor,
  };
  const stretch = { x: Math.max(1, spread.x * factor), y: Math.max(1, spread.y * factor) };
  return toPart.b === 0 && toPart.c === 0
    ? alongAxes(part, toPart, onto, kernel, stretch)
    : acrossAxes(part, toPart, onto, kernel, stretch);
}

/** A part of an image halved so many times; it begins and ends on whole cells, or where the image does. */
function reducedPart(image: Raster, part: Rectangle, halvings: number): Raster {
  if (image instanceof Pyramid) {
    const step = 2 ** halvings;
    const [x, y] = [part.x / step, part.y / step];
    const [width, height] = [Math.ceil(part.width / step), Math.ceil(part.height / step)];
    return cropped(image.level(halvings), { x, y, width, height });
  }
  let reduced = cropped(image, part);
  for (let n = 0; n < halvings; n++) reduced = halved(reduced);
  return reduced;
}

function cropped(image: Raster, part: Rectangle): Raster {
  return part.width === image.width && part.height === image.height ? image : crop(image, part);
}

/** Which pixels of a rectangle have their centre in a frame under a matrix, 1 or 0; undefined where all have. */
export function coverage(
  { width, height }: Pick<Raster, 'width' | 'height'>,
  matrix: Matrix,
  onto: Rectangle,
): Uint8Array | undefined {
  const back = inverse(matrix);
  const covered = new Uint8Array(onto.width * onto.height);
  // A centre on the frame's edge, to within rounding, counts.
  const slack = 1e-9 * Math.max(width, height);
  let count = 0;
  for (let y = 0; y < onto.height; y++) {
    for (let x = 0; x < onto.width; x++) {
      const p = mapPoint(back, { x: onto.x + x + 0.5, y: onto.y + y + 0.5 });
      const isIn = p.x >= -slack && p.y >= -slack && p.x <= width + slack && p.y <= height + slack;
      if (!isIn) continue;
      covered[y * onto.width + x] = 1;
      count++;
    }
  }
  return count === covered.length ? undefined : covered;
}

interface Pair {
  readonly x: number;
  readonly y: number;
}

/** The part of an image that the rectangle draws on, its corner on a multiple of `step`; at least one such cell. */
function neededOf(
  image: Raster,
  back: Matrix,
  onto: Rectangle,
  kernel: Kernel,
  spread: Pair,
  step: number,
): Rectangle {
  const corners = mappedCorners(back, onto);
  const span = (values: readonly number[], reach: number, limit: number) => {
    const grown = kernel.radius * Math.max(1, reach) + 2 * step;
    const from = Math.floor((Math.min(...values) - grown) / step) * step;
    const to = Math.ceil((Math.max(...values) + grown) / step) * step;
    const start = Math.min(Math.max(from, 0), Math.floor((limit - 1) / step) * step);
    return [start, Math.max(Math.min(to, limit), Math.min(start + step, limit))] as const;
  };
  const [left, right] = span(
    corners.map(({ x }) => x),
    spread.x,
    image.width,
  );
  const [top, bottom] = span(
    corners.map(({ y }) => y),
    spread.y,
    image.height,
  );
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Columns and rows keep their directions: first along the rows, then along the columns. */
function alongAxes(image: Raster, back: Matrix, onto: Rectangle, kernel: Kernel, stretch: Pair): Raster {
  const { channels } = image;
  const { width, height } = onto;
  const across = tapsAt(
    Float64Array.from({ length: width }, (_, x) => back.a * (onto.x + x + 0.5) + back.e - 0.5),
    image.width,
    kernel,
    stretch.x,
  );
  const down = tapsAt(
    Float64Array.from({ length: height }, (_, y) => back.d * (onto.y + y + 0.5) + back.f - 0.5),
    image.height,
    kernel,
    stretch.y,
  );
  const data = new Float32Array(channels * width * height);
  const narrow = new Float64Array(width * image.height);
  const sums = new Float64Array(width);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < image.height; y++) {
      filterLine(image.data, (c * image.height + y) * image.width, across, narrow, y * width);
    }
    for (let y = 0; y < height; y++) {
      sums.fill(0);
      for (let k = 0; k < down.taps; k++) {
        addLine(narrow, (down.first[y]! + k) * width, down.weights[y * down.taps + k]!, sums);
      }
      data.set(sums, (c * height + y) * width);
    }
  }
  return { width, height, channels, data };
}

function filterLine(
  data: Float32Array,
  from: number,
  { taps, first, weights }: Taps,
  out: Float64Array,
  to: number,
): void {
  for (let x = 0; x < first.length; x++) {
    let sum = 0;
    const start = from + first[x]!;
    for (let k = 0; k < taps; k++) sum += weights[x * taps + k]! * data[start + k]!;
    out[to + x] = sum;
  }
}

function addLine(data: Float64Array, from: number, weight: number, sums: Float64Array): void {
  if (weight === 0) return;
  for (let x = 0; x < sums.length; x++) sums[x]! += weight * data[from + x]!;
}

/** Turned: the kernel is laid about each pixel's own place. */
function acrossAxes(image: Raster, back: Matrix, onto: Rectangle, kernel: Kernel, stretch: Pair): Raster {
  const { channels, width: stride, height: lines, data: from } = image;
  const { width, height } = onto;
  const data = new Float32Array(channels * width * height);
  const weighing = weighingOf(kernel, stretch);
  for (let y = 0; y < height; y++) {
    const py = onto.y + y + 0.5;
    for (let x = 0; x < width; x++) {
      const px = onto.x + x + 0.5;
      const sx = back.a * px + back.c * py + back.e - 0.5;
      const sy = back.b * px + back.d * py + back.f - 0.5;
      layAbout(weighing, sx, sy, kernel, stretch, stride, lines);
      for (let c = 0; c < channels; c++) {
        data[(c * height + y) * width + x] = meanUnder(weighing, from, c * stride * lines, stride);
      }
    }
  }
  return { width, height, channels, data };
}

/** A kernel laid about a place: `columns` × `rows` of an image's pixels, their weights row by row, and these' sum. */
interface Weighing {
  left: number;
  columns: number;
  rows: number;
  /** Whether all its pixels lie in the image. Where not, the outermost stand in for those beyond. */
  isWithin: boolean;
  /** For each row, the index of its first pixel in a plane. */
  readonly rowAt: Int32Array;
  readonly across: Float64Array;
  readonly weights: Float64Array;
  total: number;
}

function weighingOf(kernel: Kernel, stretch: Pair): Weighing {
  const across = Math.ceil(2 * kernel.radius * stretch.x) + 2;
  const down = Math.ceil(2 * kernel.radius * stretch.y) + 2;
  return {
    left: 0,
    columns: 0,
    rows: 0,
    isWithin: true,
    rowAt: new Int32Array(down),
    across: new Float64Array(across),
    weights: new Float64Array(across * down),
    total: 0,
  };
}

function layAbout(
  weighing: Weighing,
  sx: number,
  sy: number,
  kernel: Kernel,
  stretch: Pair,
  width: number,
  height: number,
): void {
  const { rowAt, across, weights } = weighing;
  const reachX = kernel.radius * stretch.x;
  const reachY = kernel.radius * stretch.y;
  const left = Math.ceil(sx - reachX);
  const columns = Math.floor(sx + reachX) - left + 1;
  for (let i = 0; i < columns; i++) across[i] = kernel.at((left + i - sx) / stretch.x);
  const top = Math.ceil(sy - reachY);
  const bottom = Math.floor(sy + reachY);
  let rows = 0;
  let total = 0;
  for (let j = top; j <= bottom; j++) {
    const down = kernel.at((j - sy) / stretch.y);
    if (down === 0) continue;
    const row = rows * columns;
    for (let i = 0; i < columns; i++) {
      const weight = down * across[i]!;
      weights[row + i] = weight;
      total += weight;
    }
    rowAt[rows++] = Math.min(Math.max(j, 0), height - 1) * width;
  }
  weighing.left = left;
  weighing.columns = columns;
  weighing.rows = rows;
  weighing.isWithin = left >= 0 && left + columns <= width;
  weighing.total = total;
}

function meanUnder(
  { left, columns, rows, isWithin, rowAt, weights, total }: Weighing,
  data: Float32Array,
  plane: number,
  width: number,
): number {
  let sum = 0;
  for (let j = 0, k = 0; j < rows; j++) {
    const row = plane + rowAt[j]!;
    if (isWithin) {
      for (let at = row + left, end = at + columns; at < end; at++, k++) sum += weights[k]! * data[at]!;
    } else {
      for (let i = left; i < left + columns; i++, k++) {
        sum += weights[k]! * data[row + Math.min(Math.max(i, 0), width - 1)]!;
      }
    }
  }
  return sum / total;
}

/** The pixels of a rectangle that a part of an image can reach under a matrix, `grown` pixels wider; undefined for none. */
export function landingOf(
  matrix: Matrix,
  part: Rectangle,
  grown: number,
  within: Rectangle,
): Rectangle | undefined {
  const corners = mappedCorners(matrix, part);
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const x = Math.floor(Math.min(...xs)) - grown;
  const y = Math.floor(Math.min(...ys)) - grown;
  const width = Math.ceil(Math.max(...xs)) + grown - x;
  const height = Math.ceil(Math.max(...ys)) + grown - y;
  return intersection({ x, y, width, height }, within);
}

/** Where a matrix takes a rectangle's corners. */
function mappedCorners(matrix: Matrix, { x, y, width, height }: Rectangle) {
  const corners = [
    { x, y },
    { x: x + width, y },
    { x, y: y + height },
    { x: x + width, y: y + height },
  ];
  return corners.map((corner) => mapPoint(matrix, corner));
}
