import { setImmediate as nextTurn } from 'node:timers/promises';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { coordinateOf } from '../../../src-shared/model/coordinates.ts';
import type { Size } from '../../../src-shared/model/image.ts';
import type { SirenSpec } from '../../../src-shared/model/training.ts';
import type { Engine, Order } from '../../siren/engine.ts';
import type { Parameters } from '../../siren/spec.ts';
import { untold, type Told } from './told.ts';

/** A regular grid of points, by their pixel positions (0 is the first pixel's centre). */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  x(column: number): number;
  y(row: number): number;
}

/** The centres of all pixels. */
export function pixelGrid({ width, height }: Size): Grid {
  return { columns: width, rows: height, x: (i) => i, y: (j) => j };
}

/** The centres of `to`'s pixels where both sizes cover the same picture. */
export function scaledGrid(from: Size, to: Size): Grid {
  const place = (i: number, a: number, b: number) => ((i + 0.5) * a) / b - 0.5;
  return {
    columns: to.width,
    rows: to.height,
    x: (i) => place(i, from.width, to.width),
    y: (j) => place(j, from.height, to.height),
  };
}

/** Every nth row of a grid, from its first. */
export function everyRow({ columns, rows, x, y }: Grid, n: number): Grid {
  return { columns, rows: Math.ceil(rows / n), x, y: (j) => y(j * n) };
}

/** The values of a picture at the grid's pixels, planar. */
export function sampleAt(
  values: ArrayLike<number>,
  { width, height }: Size,
  channels: number,
  grid: Grid,
): Float32Array {
  const { columns, rows } = grid;
  const across = Array.from({ length: columns }, (_, i) => grid.x(i));
  const sampled = new Float32Array(channels * columns * rows);
  let k = 0;
  for (let c = 0; c < channels; c++) {
    for (let j = 0; j < rows; j++) {
      const row = (c * height + grid.y(j)) * width;
      for (let i = 0; i < columns; i++) sampled[k++] = values[row + across[i]!]!;
    }
  }
  return sampled;
}

/** Φ and its derivatives on a grid, planar [channels, rows, columns]; what was not asked for is absent. */
export interface GridValues {
  readonly value: Float32Array;
  readonly dx?: Float32Array;
  readonly dy?: Float32Array;
  readonly laplacian?: Float32Array;
}

/** A network and what runs it. `size` is the grid whose longer side spans its domain. */
export interface Network {
  readonly engine: Engine;
  readonly spec: SirenSpec;
  readonly parameters: Parameters;
  readonly size: Size;
}

/** Points to a run: some 10 ms of work, so that messages and cancellations get through. */
const pointsPerRun = 8192;

/** Points by their pixel positions, in any order. */
export interface Points {
  readonly count: number;
  x(k: number): number;
  y(k: number): number;
}

/**
 * Evaluates the network on a grid. Throws `cancelled`.
 *
 * @param order 0: values; 1: and dx, dy; 2: and the Laplacian.
 */
export function evaluateOn(
  signal: AbortSignal,
  network: Network,
  { columns, rows, x, y }: Grid,
  order: Order,
  told: Told = untold,
): Promise<GridValues> {
  const points = {
    count: columns * rows,
    x: (k: number) => x(k % columns),
    y: (k: number) => y(Math.floor(k / columns)),
  };
  return evaluateAt(signal, network, points, order, told);
}

/** Evaluates the network at points: planar [channels, count]. Throws `cancelled`. */
export async function evaluateAt(
  signal: AbortSignal,
  { engine, spec, parameters, size }: Network,
  { count, x, y }: Points,
  order: Order,
  told: Told = untold,
): Promise<GridValues> {
  const { channels } = spec;
  const plane = () => new Float32Array(channels * count);
  const value = plane();
  const first = order >= 1 ? { dx: plane(), dy: plane() } : {};
  const second = order >= 2 ? { laplacian: plane() } : {};
  const result: GridValues = { value, ...first, ...second };
  for (let from = 0; from < count; from += pointsPerRun) {
    const to = Math.min(from + pointsPerRun, count);
    const points = new Float32Array(2 * (to - from));
    for (let k = from; k < to; k++) {
      points[2 * (k - from)] = coordinateOf(x(k), size.width, size);
      points[2 * (k - from) + 1] = coordinateOf(y(k), size.height, size);
    }
    const part = await engine.evaluate(spec, parameters, points, order);
    for (const name of ['value', 'dx', 'dy', 'laplacian'] as const) {
      const [into, values] = [result[name], part[name]];
      if (into === undefined || values === undefined) continue;
      for (let c = 0; c < channels; c++) {
        for (let k = from; k < to; k++) into[c * count + k] = values[(k - from) * channels + c]!;
      }
    }
    told(to / count);
    await nextTurn();
    if (signal.aborted) throw new SeamfieldError('cancelled', 'Evaluating the network was cancelled.');
  }
  return result;
}
