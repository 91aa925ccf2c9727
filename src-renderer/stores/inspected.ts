import type { MeasuredView, View } from '../../src-shared/model/view.ts';
import {
  renderDifference,
  renderView,
  valueBound,
  viewNeeds,
  type RenderedView,
  type ViewRange,
} from '../../src-shared/view/render-view.ts';
import { imageDataOf } from './image-data.ts';
import type { PaneChoice } from './inspector.svelte.ts';
import { pictureOf, type Picture, type Plane } from './picture.ts';

/** A picture as a pane shows it. `isDifference`: of two pictures, so that its values have a sign. */
export interface Inspected extends Picture {
  readonly choice: PaneChoice;
  readonly isDifference: boolean;
  /** Its colours' natural bound: beyond it lie half a percent of the values. */
  readonly bound: number;
}

/** A picture of planes, those of `minus` taken away; null where planes are missing or of unlike sizes. */
export function inspectedOf(
  choice: PaneChoice,
  planes: readonly Plane[],
  minus: readonly Plane[] | null,
): Inspected | null {
  if (minus !== null && minus.some((plane, i) => plane.data.length !== planes[i]?.data.length)) return null;
  const picture = pictureOf(choice.view, minus === null ? planes : planes.map((p, i) => less(p, minus[i]!)));
  if (picture === null) return null;
  const isDifference = minus !== null;
  const { view, source, channels } = picture;
  return { ...picture, choice, isDifference, bound: valueBound(view, source, channels) };
}

function less(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => value - b.data[i]!) };
}

/** Whether its colours stand for numbers, rather than being its values. */
export function isColoured({ view, isDifference }: Pick<Inspected, 'view' | 'isDifference'>): boolean {
  return view !== 'value' || isDifference;
}

/** Differences and residuals are small beside pictures: each kind has a scale of its own. */
function kindOf({ view, isDifference, choice }: Inspected): string {
  const scale = view === 'dx' || view === 'dy' || view === 'magnitude' ? 'first' : view;
  return `${scale} ${isDifference ? 'difference' : choice.of === 'residual' ? 'residual' : 'picture'}`;
}

/**
 * The numbers at the ends of each picture's colours. Pictures of one kind share one scale, so that the same colour means
 * the same number in all panes of one gain; `value` is shown as it is.
 */
export function rangesOf(pictures: readonly (Inspected | null)[]): (ViewRange | null)[] {
  const bounds = new Map<string, number>();
  for (const picture of pictures) {
    if (picture === null) continue;
    const kind = kindOf(picture);
    bounds.set(kind, Math.max(bounds.get(kind) ?? 0, picture.bound));
  }
  return pictures.map((picture) => {
    if (picture === null) return null;
    if (!isColoured(picture)) return [0, 1];
    const bound = (bounds.get(kindOf(picture)) ?? 1) / picture.choice.gain;
    return picture.view === 'magnitude' || picture.view === 'direction' ? [0, bound] : [-bound, bound];
  });
}

/** The picture in colours, as a canvas takes it, RGBA. */
export function pixelsOfInspected(picture: Inspected, range: ViewRange): ImageData {
  return imageDataOf(render(picture, range).image);
}

function render(picture: Inspected, range: ViewRange): RenderedView {
  const { view, source, channels, isDifference } = picture;
  if (view === 'value' && isDifference) return renderDifference(source.value!, picture, channels, range);
  return renderView(view, source, picture, channels, range);
}

/** The measured planes that a view is made of. */
export function planesFor(view: View): readonly MeasuredView[] {
  return viewNeeds[view] as readonly MeasuredView[];
}
