import type { ChannelCount, Size } from '../../../src-shared/model/image.ts';
import type { View } from '../../../src-shared/model/view.ts';
import { renderView } from '../../../src-shared/view/render-view.ts';
import type { ViewSource } from '../../../src-shared/view/render-view.ts';
import type { EncodableImage } from '../../imaging/encode.ts';

const perUnit = 'image values per unit of the coordinate domain';

/** What the colours of each derivative view say, and of what. */
const legends: Readonly<Record<Exclude<View, 'value'>, { readonly map: string; readonly unit: string }>> = {
  dx: { map: 'diverging (RdBu), blue below 0, red above', unit: `${perUnit}, mean over channels` },
  dy: { map: 'diverging (RdBu), blue below 0, red above', unit: `${perUnit}, mean over channels` },
  magnitude: { map: 'magma', unit: `${perUnit}, Frobenius norm over channels` },
  direction: { map: 'hue: direction of growth, brightness: magnitude', unit: `${perUnit}, of the magnitude` },
  laplacian: {
    map: 'diverging (RdBu), blue below 0, red above',
    unit: 'image values per squared unit of the coordinate domain, mean over channels',
  },
};

/** A derivative view as a picture for the eye, and the text for its file that says what its colours mean. */
export function falseColour(
  view: Exclude<View, 'value'>,
  source: ViewSource,
  size: Size,
  channels: ChannelCount,
): { image: EncodableImage; text: Record<string, string> } {
  const { image, range } = renderView(view, source, size, channels);
  const { map, unit } = legends[view];
  const text = {
    'Seamfield view': view,
    'Seamfield range': range.join(' '),
    'Seamfield unit': unit,
    'Seamfield colour map': map,
  };
  return { image, text };
}
