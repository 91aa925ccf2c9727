import type { MeasuredView, View } from '../../../src-shared/model/view.ts';
import { derivativesOf } from '../../fields/index.ts';
import type { Raster } from '../../fields/index.ts';
import type { Order } from '../../siren/engine.ts';
import type { RawView } from '../protocol.ts';
import { evaluateOn } from './network.ts';
import type { Grid, Network } from './network.ts';

/** One view of a picture from pixels, its derivatives those of the even extension's cosine series. */
export function viewOfPicture(picture: Raster, view: MeasuredView): RawView {
  const { width, height, channels } = picture;
  const data = view === 'value' ? picture.data : Float32Array.from(derivativesOf(picture)[view]);
  return { width, height, channels, data };
}

/** Which derivatives of a network a view needs. */
export function orderOf(view: View): Order {
  return view === 'value' ? 0 : view === 'laplacian' ? 2 : 1;
}

/** One view of a network on a grid, its derivatives analytic. */
export async function viewOfNetwork(
  signal: AbortSignal,
  network: Network,
  grid: Grid,
  view: MeasuredView,
): Promise<RawView> {
  const found = await evaluateOn(signal, network, grid, orderOf(view));
  return { width: grid.columns, height: grid.rows, channels: network.spec.channels, data: found[view]! };
}
