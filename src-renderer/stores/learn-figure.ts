import { renderView, valueBound, type ViewRange } from '../../src-shared/view/render-view.ts';
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
  const { image } = renderView(view, source, { width, height }, channels, range);
  const pixels = new ImageData(width, height);
  const count = width * height;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = Math.round(255 * image.data[c * count + i]!);
    pixels.data[4 * i + 3] = 255;
  }
  return pixels;
}
