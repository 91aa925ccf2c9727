import type { Figure, FigureCell } from './canvas/figure.ts';
import { decibel } from './format.ts';
import { colouredPixels, sharedRange } from './stores/learn-figure.ts';
import {
  learnViews,
  lessons,
  psnrOf,
  shownTo,
  type Learn,
  type Lesson,
  type LearnView,
} from './stores/learn.svelte.ts';
import { strings } from './strings.ts';

const words = strings.learn;

/** What stands under a picture: what the network was shown, or how close it came. */
export function captionOf(
  learn: Pick<Learn, 'rows'>,
  lesson: Lesson,
  side: 'truth' | 'network',
  view: LearnView,
): string {
  if (side === 'truth') return shownTo[lesson] === view ? words.shown : '';
  const value = learn.rows[lesson].metrics[psnrOf[view]];
  return value === undefined ? '' : decibel(value);
}

/** The whole Learn view as one picture to be drawn. */
export function figureOf(learn: Learn): Figure {
  const columns = learnViews.map((view) => words.columns[view]);
  const cells = (lesson: Lesson, side: 'truth' | 'network') =>
    learnViews.map((view): FigureCell => {
      const row = learn.rows[lesson];
      const picture = row[side][view];
      return {
        pixels: picture === undefined ? null : colouredPixels(picture, sharedRange(row, view)),
        caption: captionOf(learn, lesson, side, view),
        marked: side === 'truth' && shownTo[lesson] === view,
      };
    });
  const seen = learn.rows.gradient.truth.value;
  const size = seen === undefined ? String(learn.size) : `${seen.width} × ${seen.height}`;
  return {
    title: [learn.first?.name, learn.second?.name].filter((name) => name !== undefined).join(', '),
    groups: [
      { title: words.truth, columns },
      { title: words.network, columns },
    ],
    rows: lessons.map((lesson) => ({
      title: words.lessons[lesson].title,
      cells: [...cells(lesson, 'truth'), ...cells(lesson, 'network')],
    })),
    footer: words.caption(size, String(learn.seconds)),
  };
}
