import { gradientDirection, gradientMagnitude } from '../../src-shared/view/collapse.ts';
import type { MeasuredView } from '../../src-shared/model/view.ts';
import type { Line } from './inspector.svelte.ts';
import type { Picture } from './picture.ts';

/** Values along a line, as a pane shows them: the mean over the channels, or the gradient's magnitude over all. */
export interface Profile {
  /** Distance from the line's beginning, pixels. */
  readonly distance: readonly number[];
  /** null where the line is outside the picture. */
  readonly values: readonly (number | null)[];
}

/** Samples along a line: about two a pixel, and no more than a chart can show. */
function samplesAlong({ from, to }: Line): number {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return Math.min(1024, Math.max(2, Math.ceil(2 * length) + 1));
}

/**
 * The view's values along a line, bilinear between pixel centres. `direction` has none: angles can't be averaged.
 *
 * @param line in picture pixels, (0, 0) the corner of the first
 */
export function profileOf(picture: Picture, line: Line): Profile {
  const count = samplesAlong(line);
  const { from, to } = line;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const shares = Array.from({ length: count }, (_, k) => k / (count - 1));
  return {
    distance: shares.map((t) => t * length),
    values: shares.map((t) => valueAt(picture, from.x + t * (to.x - from.x), from.y + t * (to.y - from.y))),
  };
}

function valueAt(picture: Picture, x: number, y: number): number | null {
  const { width, height, view, channels } = picture;
  if (view === 'direction' || x < 0 || y < 0 || x > width || y > height) return null;
  const at = (name: MeasuredView) => interpolated(picture, name, x - 0.5, y - 0.5);
  if (view === 'magnitude') return gradientMagnitude(at('dx'), at('dy'), channels)[0]!;
  return at(view).reduce((sum, value) => sum + value / channels, 0);
}

/** A plane's numbers between pixel centres, one a channel; beyond the outermost centres those of the outermost. */
function interpolated(picture: Picture, name: MeasuredView, x: number, y: number): Float64Array {
  const { width, height, channels, source } = picture;
  const within = (value: number, n: number) => Math.min(Math.max(value, 0), n - 1);
  const [px, py] = [within(x, width), within(y, height)];
  const [left, top] = [Math.floor(px), Math.floor(py)];
  const [right, bottom] = [within(left + 1, width), within(top + 1, height)];
  const [u, v] = [px - left, py - top];
  return Float64Array.from({ length: channels }, (_, c) => {
    const at = (i: number, j: number) => source[name]?.[(c * height + j) * width + i] ?? Number.NaN;
    const upper = (1 - u) * at(left, top) + u * at(right, top);
    return (1 - v) * upper + v * ((1 - u) * at(left, bottom) + u * at(right, bottom));
  });
}

export const histogramBins = 64;

/**
 * How many pixels have which value, one list of counts a channel (one in all for magnitude and direction). Values
 * beyond the range count at its ends; of `direction` the range is one turn, 0…1.
 */
export function histogramOf(picture: Picture, [low, high]: readonly [number, number]): number[][] {
  const { view, source, channels, width, height } = picture;
  const count = width * height;
  const planes = planesOf();
  return planes.map((plane) => {
    const bins = new Array<number>(histogramBins).fill(0);
    for (let i = 0; i < count; i++) {
      const share = (plane[i]! - low) / (high - low);
      const bin = Math.floor(share * histogramBins);
      bins[Math.min(Math.max(bin, 0), histogramBins - 1)]!++;
    }
    return bins;
  });

  function planesOf(): ArrayLike<number>[] {
    const none = new Float32Array(0);
    if (view === 'magnitude') return [gradientMagnitude(source.dx ?? none, source.dy ?? none, channels)];
    if (view === 'direction') return [gradientDirection(source.dx ?? none, source.dy ?? none, channels)];
    const plane = source[view] ?? none;
    return Array.from({ length: channels }, (_, c) => plane.subarray(c * count, (c + 1) * count));
  }
}
