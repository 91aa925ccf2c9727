import { renderView, valueBound, type ViewRange } from '../../src-shared/view/render-view.ts';
import { imageDataOf } from './image-data.ts';
import type { LearnView, LessonRow } from './learn.svelte.ts';
import type { Picture } from './picture.ts';

/** The colours' range of a column of a row: truth and network share it, so that the same colour is the same number. */
export function sharedRange(row: Pick<LessonRow, 'truth' | 'network'>, view: LearnView): ViewRange {
  if (view === 'value') return [0, 1];
  const yardstick = row.truth[view] ?? row.network[view];
  if (yardstick === undefined) return [0, 1];
  const bound = valueBound(view, yardstick.source, yardstick.channels);
  return view === 'magnitude' ? [0, bound] : [-bound, bound];
}

/** A picture in colours, as a canvas takes it, RGBA. */
export function colouredPixels(
  { view, source, channels, width, height }: Picture,
  range: ViewRange,
): ImageData {
  return imageDataOf(renderView(view, source, { width, height }, channels, range).image);
}
