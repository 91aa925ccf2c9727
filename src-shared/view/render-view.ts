import { SeamfieldError } from '../contract/errors.ts';
import type { ChannelCount, Size } from '../model/image.ts';
import { views, type View } from '../model/view.ts';
import { channelMean, gradientDirection, gradientMagnitude } from './collapse.ts';
import type { Planes } from './collapse.ts';
import { colormap, colormapEntries } from './colormap.ts';
import type { Colormap } from './colormap.ts';
import { quantileInPlace } from './quantile.ts';

export { views, type View };

/** The numbers views are made of, each planar [channels, height, width]; only those a view needs have to be there. */
export interface ViewSource {
  readonly value?: Planes;
  readonly dx?: Planes;
  readonly dy?: Planes;
  readonly laplacian?: Planes;
}

/** Which of them each view needs. */
export const viewNeeds: Readonly<Record<View, readonly (keyof ViewSource)[]>> = {
  value: ['value'],
  dx: ['dx'],
  dy: ['dy'],
  magnitude: ['dx', 'dy'],
  direction: ['dx', 'dy'],
  laplacian: ['laplacian'],
};

/** The numbers at the two ends of a colour map. */
export type ViewRange = readonly [low: number, high: number];

/** A picture of a view: sRGB-encoded colours in 0…1, planar [3, height, width], and the range its colours span. */
export interface RenderedView {
  readonly image: Size & { readonly channels: 3; readonly encoding: 'srgb'; readonly data: Float32Array };
  readonly range: ViewRange;
}

/** The share of the values that a colour map spans by default; the few beyond it take its ends. */
const robustShare = 0.995;

/**
 * Turns numbers into a picture.
 *
 * `value` is shown as it is, cut to 0…1. `dx`, `dy` and `laplacian`: the mean over the channels in the diverging map,
 * its middle at 0. `magnitude`: the Frobenius norm in magma. `direction`: the hue of the cyclic map says where the
 * image grows (see `gradientDirection`), its brightness how much.
 *
 * The range is symmetric (magnitude, direction: from 0) and reaches to the 99.5th percentile of absolute values;
 * give one to make two pictures comparable. Throws `size-mismatch` where planes are missing or of the wrong length.
 */
export function renderView(
  view: View,
  source: ViewSource,
  size: Size,
  channels: ChannelCount,
  range?: ViewRange,
): RenderedView {
  const count = size.width * size.height;
  const planes = viewNeeds[view].map((name) => planesOf(view, name, source[name], channels * count));
  const [first, second = first] = planes as [Planes, Planes?];
  if (view === 'value') return rendered(showValue(first, channels), size, [0, 1]);
  if (view === 'magnitude' || view === 'direction') {
    const magnitude = gradientMagnitude(first, second, channels);
    const used = range ?? [0, robustBound(magnitude)];
    if (view === 'magnitude') return rendered(paint(magnitude, used, colormap('magma')), size, used);
    return rendered(paintDirection(gradientDirection(first, second, channels), magnitude, used), size, used);
  }
  return renderDifference(first, size, channels, range);
}

/**
 * Signed numbers, such as the difference of two pictures' values, as `renderView` shows a derivative: the mean over the
 * channels in the diverging map, its middle at 0.
 */
export function renderDifference(
  planes: Planes,
  size: Size,
  channels: ChannelCount,
  range?: ViewRange,
): RenderedView {
  const mean = channelMean(planes, channels);
  const bound = range === undefined ? robustBound(mean) : 0;
  const used = range ?? [-bound, bound];
  return rendered(paint(mean, used, colormap('diverging')), size, used);
}

function rendered(data: Float32Array, { width, height }: Size, range: ViewRange): RenderedView {
  return { image: { width, height, channels: 3, encoding: 'srgb', data }, range };
}

function planesOf(view: View, name: keyof ViewSource, planes: Planes | undefined, length: number): Planes {
  if (planes?.length === length) return planes;
  throw new SeamfieldError(
    'size-mismatch',
    `The view ${view} needs ${length} numbers of ${name}, not ${planes?.length ?? 'none'}.`,
  );
}

/** Where the absolute values of a view end but for the largest few: a bound to scale its colours by. */
export function valueBound(view: View, source: ViewSource, channels: ChannelCount): number {
  const [first, second] = viewNeeds[view].map((name) => source[name]);
  if (first === undefined) return 1;
  if (view === 'magnitude' || view === 'direction') {
    return robustBound(gradientMagnitude(first, second ?? first, channels));
  }
  return robustBound(channelMean(first, channels));
}

/** Where absolute values end but for the largest few; 1 where all are 0, so that the range is never empty. */
function robustBound(values: Float64Array): number {
  const sizes = new Float64Array(values.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(values[i]!);
  const bound = quantileInPlace(sizes, robustShare);
  if (bound > 0) return bound;
  return sizes.reduce((largest, value) => Math.max(largest, value), 0) || 1;
}

function showValue(planes: Planes, channels: ChannelCount): Float32Array {
  const count = planes.length / channels;
  const data = new Float32Array(3 * count);
  for (let k = 0; k < planes.length; k++) data[k] = Math.min(Math.max(planes[k]!, 0), 1);
  if (channels === 1) {
    data.copyWithin(count, 0, count);
    data.copyWithin(2 * count, 0, count);
  }
  return data;
}

/** Colours between the entries of a map, so that the middle of a diverging one falls on 0. NaN takes the low end. */
function paint(values: Float64Array, [low, high]: ViewRange, map: Colormap): Float32Array {
  const count = values.length;
  const data = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const share = (values[i]! - low) / (high - low);
    const position = share > 0 ? Math.min(share, 1) * (colormapEntries - 1) : 0;
    const entry = Math.min(Math.floor(position), colormapEntries - 2);
    for (let c = 0; c < 3; c++) {
      const from = map[3 * entry + c]!;
      data[c * count + i] = from + (position - entry) * (map[3 * entry + 3 + c]! - from);
    }
  }
  return data;
}

function paintDirection(turns: Float64Array, magnitude: Float64Array, [low, high]: ViewRange): Float32Array {
  const map = colormap('cyclic');
  const count = turns.length;
  const data = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const entry = Math.round(turns[i]! * colormapEntries) % colormapEntries;
    const brightness = Math.min(Math.max((magnitude[i]! - low) / (high - low), 0), 1);
    for (let c = 0; c < 3; c++) data[c * count + i] = map[3 * entry + c]! * brightness;
  }
  return data;
}
