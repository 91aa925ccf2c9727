import type { ChannelCount, Size } from '../../src-shared/model/image.ts';
import type { MeasuredView, View } from '../../src-shared/model/view.ts';
import { gradientDirection, gradientMagnitude } from '../../src-shared/view/collapse.ts';
import { viewNeeds, type ViewSource } from '../../src-shared/view/render-view.ts';

/** One view of one image as numbers: the planes that it needs, each planar [channels, height, width]. */
export interface Picture extends Size {
  readonly view: View;
  readonly channels: ChannelCount;
  readonly source: ViewSource;
}

/** Numbers of one measured view, planar [channels, height, width]. */
export interface Plane extends Size {
  readonly channels: ChannelCount;
  readonly data: Float32Array;
}

/** The picture that `view` makes of its planes. `planes` are those of `viewNeeds[view]`, in that order. */
export function pictureOf(view: View, planes: readonly Plane[]): Picture | null {
  const [first] = planes;
  if (first === undefined) return null;
  const { width, height, channels } = first;
  const source: Partial<Record<MeasuredView, Float32Array>> = {};
  viewNeeds[view].forEach((name, i) => {
    const plane = planes[i];
    if (plane !== undefined) source[name] = plane.data;
  });
  return { view, width, height, channels, source };
}

/** What stands under the pointer: a pixel and its numbers on both sides; null where a side has none. */
export interface Probe {
  readonly x: number;
  readonly y: number;
  readonly photograph: readonly number[] | null;
  readonly result: readonly number[] | null;
}

/**
 * The numbers of the view at pixel (x, y); null outside. One a channel, but for `magnitude` (one for all channels)
 * and `direction` (likewise, in degrees 0…360, 90 pointing down).
 */
export function valuesAt(picture: Picture | null, x: number, y: number): number[] | null {
  if (picture === null || x < 0 || y < 0 || x >= picture.width || y >= picture.height) return null;
  const { view, width, height, channels, source } = picture;
  const at = (name: MeasuredView) =>
    Float32Array.from(
      { length: channels },
      (_, c) => source[name]?.[(c * height + y) * width + x] ?? Number.NaN,
    );
  if (view === 'magnitude') return [...gradientMagnitude(at('dx'), at('dy'), channels)];
  if (view === 'direction')
    return [...gradientDirection(at('dx'), at('dy'), channels)].map((turn) => 360 * turn);
  return [...at(view)];
}
