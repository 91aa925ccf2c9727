/**
 * A guidance field as samples: where the network is asked, for what, and what the field says there.
 *
 * Everything is in units of the integrated image's own root mean square, so that training does not depend on a
 * photograph's contrast.
 */
import { coordinateOf } from '../../src-shared/model/coordinates.ts';
import {
  interiorSpan,
  type GradientField,
  type GuidanceField,
  type LaplacianField,
} from '../../src-shared/model/field.ts';
import { densityOf } from './density.ts';
import type { Samples } from './engine.ts';
import { importanceOf } from './importance.ts';
import type { Importance } from './importance.ts';
import type { SampleKind } from './loss-gradient.ts';

/** All samples of one kind, addressed by number, each written on demand. */
export interface SampleSet {
  readonly count: number;
  /** Mean of |target|² over samples, in training units: what the loss term is relative to. */
  readonly power: number;
  /** Absent where every sample is drawn once an epoch and counts 1. */
  readonly importance?: Importance;
  /** Writes all of sample `index` but its weight into row `row`. */
  write(index: number, into: Samples, row: number): void;
}

export interface Supervision {
  readonly channels: number;
  /** Image values of one training unit. */
  readonly unit: number;
  readonly sets: Readonly<Record<SampleKind, SampleSet>>;
}

/** One family of samples on a grid: where they stand, and their values, planar. */
interface Grid {
  /** Samples across and down. */
  readonly columns: number;
  readonly rows: number;
  /** Pixel position of sample (column, row). */
  readonly x: (column: number) => number;
  readonly y: (row: number) => number;
  readonly direction: readonly [number, number];
  /** Values, planar with `stride` a row and `plane` a channel. */
  readonly values: Float64Array;
  readonly stride: number;
  readonly plane: number;
}

const nothing: Grid['direction'] = [0, 0];
const alongX: Grid['direction'] = [1, 0];
const alongY: Grid['direction'] = [0, 1];

function gradientGrids({ operator, width, height, dx, dy }: GradientField): Grid[] {
  const half = operator === 'staggered' ? 0.5 : 0;
  const short = operator === 'staggered' ? 1 : 0;
  const common = { stride: width, plane: width * height };
  return [
    {
      ...common,
      columns: width - short,
      rows: height,
      x: (i) => i + half,
      y: (j) => j,
      direction: alongX,
      values: dx,
    },
    {
      ...common,
      columns: width,
      rows: height - short,
      x: (i) => i,
      y: (j) => j + half,
      direction: alongY,
      values: dy,
    },
  ];
}

function laplacianGrid({ operator, width, height, laplacian }: LaplacianField): Grid {
  const isSpectral = operator === 'spectral';
  const [left, right] = isSpectral ? [0, width] : interiorSpan(width, height);
  const [top, bottom] = isSpectral ? [0, height] : interiorSpan(height, width);
  return {
    columns: right - left,
    rows: bottom - top,
    x: (i) => i + left,
    y: (j) => j + top,
    direction: nothing,
    values: laplacian.subarray(top * width + left),
    stride: width,
    plane: width * height,
  };
}

function borderGrids({ width, height, border }: LaplacianField): Grid[] {
  const { inset, left, right, top, bottom } = border;
  const vertical = {
    columns: 1,
    rows: height,
    y: (j: number) => j,
    direction: alongX,
    stride: 1,
    plane: height,
  };
  const horizontal = {
    columns: width,
    rows: 1,
    x: (i: number) => i,
    direction: alongY,
    stride: width,
    plane: width,
  };
  const grids: Grid[] = [];
  if (width > 1) {
    grids.push({ ...vertical, x: () => inset, values: left });
    grids.push({ ...vertical, x: () => width - 1 - inset, values: right });
  }
  if (height > 1) {
    grids.push({ ...horizontal, y: () => inset, values: top });
    grids.push({ ...horizontal, y: () => height - 1 - inset, values: bottom });
  }
  return grids;
}

/** @param density of each pixel's samples, [height, width] */
function sampleSet(
  { field, weight }: GuidanceField,
  grids: readonly Grid[],
  unit: number,
  density: Float32Array | undefined,
): SampleSet {
  const { channels, width } = field;
  const starts: number[] = [];
  let count = 0;
  let power = 0;
  for (const { columns, rows, values, stride, plane } of grids) {
    starts.push(count);
    count += columns * rows;
    for (let c = 0; c < channels; c++) {
      for (let j = 0; j < rows; j++) {
        const from = c * plane + j * stride;
        for (let i = from; i < from + columns; i++) power += values[i]! ** 2;
      }
    }
  }
  const { height } = field;
  // In single precision, as they are asked for.
  const places = grids.map((grid, g) => ({
    ...grid,
    start: starts[g]!,
    xs: Float32Array.from({ length: grid.columns }, (_, i) => coordinateOf(grid.x(i), width, field)),
    ys: Float32Array.from({ length: grid.rows }, (_, j) => coordinateOf(grid.y(j), height, field)),
  }));
  const write = (index: number, into: Samples, row: number) => {
    let g = places.length - 1;
    while (places[g]!.start > index) g--;
    const { start, columns, xs, ys, direction, values, stride, plane } = places[g]!;
    const local = index - start;
    const column = local % columns;
    const line = (local - column) / columns;
    into.points[2 * row] = xs[column]!;
    into.points[2 * row + 1] = ys[line]!;
    into.direction[2 * row] = direction[0];
    into.direction[2 * row + 1] = direction[1];
    const first = line * stride + column;
    for (let c = 0; c < channels; c++) into.target[channels * row + c] = values[first + c * plane]! / unit;
  };
  const ofSamples = (map: Float32Array | undefined) => map && atSamples(map, width, grids, count);
  const importance = importanceOf(ofSamples(weight), ofSamples(density));
  return {
    count,
    power: count === 0 ? 0 : power / (count * channels * unit * unit),
    ...(importance && { importance }),
    write,
  };
}

/** Of every sample: what a map says of the pixel that it stands on, or to the lower right of. */
function atSamples(map: Float32Array, width: number, grids: readonly Grid[], count: number): Float32Array {
  const found = new Float32Array(count);
  let next = 0;
  for (const { columns, rows, x, y } of grids) {
    for (let line = 0; line < rows; line++) {
      const from = Math.floor(Math.max(0, y(line))) * width;
      for (let column = 0; column < columns; column++) {
        found[next++] = map[from + Math.floor(Math.max(0, x(column)))]!;
      }
    }
  }
  return found;
}

/**
 * @param exact the field's own Poisson solution, planar [channels, height, width], zero mean a channel
 */
export function supervisionOf(guidance: GuidanceField, exact: Float64Array): Supervision {
  const { field } = guidance;
  const { channels, width, height } = field;
  const meanSquare = exact.reduce((sum, u) => sum + u * u, 0) / exact.length;
  const unit = meanSquare > 0 ? Math.sqrt(meanSquare) : 1;
  const values: Grid = {
    columns: width,
    rows: height,
    x: (i) => i,
    y: (j) => j,
    direction: nothing,
    values: exact,
    stride: width,
    plane: width * height,
  };
  const density = densityOf(exact, field);
  const isGradient = field.kind === 'gradient';
  return {
    channels,
    unit,
    sets: {
      value: sampleSet(guidance, [values], unit, density),
      directional: sampleSet(guidance, isGradient ? gradientGrids(field) : borderGrids(field), unit, density),
      laplacian: sampleSet(guidance, isGradient ? [] : [laplacianGrid(field)], unit, density),
    },
  };
}
