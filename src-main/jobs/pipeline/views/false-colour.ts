import type { ChannelCount, Size } from '../../../../src-shared/model/image.ts';
import type { View } from '../../../../src-shared/model/view.ts';
import { renderDifference, renderView } from '../../../../src-shared/view/render-view.ts';
import type { ViewRange, ViewSource } from '../../../../src-shared/view/render-view.ts';
import type { EncodableImage } from '../../../imaging/encode.ts';

const perUnit = 'image values per unit of the coordinate domain';

/** A view in false colours; `difference`: of two pictures' values. */
type ColouredView = Exclude<View, 'value'> | 'difference';

/** What the colours of each such view say, and of what. */
const legends: Readonly<Record<ColouredView, { readonly map: string; readonly unit: string }>> = {
  dx: { map: 'diverging (RdBu), blue below 0, red above', unit: `${perUnit}, mean over channels` },
  dy: { map: 'diverging (RdBu), blue below 0, red above', unit: `${perUnit}, mean over channels` },
  magnitude: { map: 'magma', unit: `${perUnit}, Frobenius norm over channels` },
  direction: { map: 'hue: direction of growth, brightness: magnitude', unit: `${perUnit}, of the magnitude` },
  difference: { map: 'diverging (RdBu), blue below 0, red above', unit: 'image values, mean over channels' },
  laplacian: {
    map: 'diverging (RdBu), blue below 0, red above',
    unit: 'image values per squared unit of the coordinate domain, mean over channels',
  },
};

/**
 * A view as a picture for the eye, and the text for its file that says what its colours mean.
 *
 * @param range the numbers at the ends of the colour map; found as `renderView` does where absent
 */
export function falseColour(
  view: ColouredView,
  source: ViewSource,
  size: Size,
  channels: ChannelCount,
  given?: ViewRange,
): { image: EncodableImage; text: Record<string, string> } {
  const { image, range } =
    view === 'difference'
      ? renderDifference(source.value!, size, channels, given)
      : renderView(view, source, size, channels, given);
  const { map, unit } = legends[view];
  const text = {
    'Seamfield view': view,
    'Seamfield range': range.join(' '),
    'Seamfield unit': unit,
    'Seamfield colour map': map,
  };
  return { image, text };
}
