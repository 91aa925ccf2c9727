import type { ChannelCount } from '../../../src-shared/model/image.ts';
import type { View } from '../../../src-shared/model/view.ts';
import { derivativesOf } from '../../fields/index.ts';
import type { Raster } from '../../fields/index.ts';
import type { RawView } from '../protocol.ts';
import type { Order } from '../../siren/engine.ts';
import { evaluateOn } from './network.ts';
import type { Grid, Network } from './network.ts';

type Numbers = Float32Array | Float64Array;

/** A picture and its derivatives, planar [channels, height, width]. */
interface Jet {
  readonly dx: Numbers;
  readonly dy: Numbers;
  readonly laplacian: Numbers;
}

/** One view of a picture from pixels, its derivatives those of the even extension's cosine series. */
export function viewOfPicture(picture: Raster, view: View): RawView {
  const { width, height, channels, data } = picture;
  if (view === 'value') return { width, height, channels, data };
  return { width, height, ...pick(derivativesOf(picture), channels, view) };
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
  view: View,
): Promise<RawView> {
  const { value, dx, dy, laplacian } = await evaluateOn(signal, network, grid, orderOf(view));
  const { channels } = network.spec;
  const size = { width: grid.columns, height: grid.rows };
  if (view === 'value') return { ...size, channels, data: value };
  return { ...size, ...pick({ dx: dx!, dy: dy!, laplacian: laplacian ?? value }, channels, view) };
}

/** See `View` for what each is. */
function pick(
  { dx, dy, laplacian }: Jet,
  channels: ChannelCount,
  view: Exclude<View, 'value'>,
): Pick<RawView, 'channels' | 'data'> {
  switch (view) {
    case 'dx':
      return { channels, data: Float32Array.from(dx) };
    case 'dy':
      return { channels, data: Float32Array.from(dy) };
    case 'laplacian':
      return { channels, data: Float32Array.from(laplacian) };
    case 'magnitude':
      return { channels, data: Float32Array.from(dx, (x, i) => Math.hypot(x, dy[i]!)) };
    case 'direction': {
      const plane = dx.length / channels;
      const total = (values: Numbers, i: number) => {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += values[c * plane + i]!;
        return sum;
      };
      const angle = (_: unknown, i: number) => Math.atan2(total(dy, i), total(dx, i));
      return { channels: 1, data: Float32Array.from({ length: plane }, angle) };
    }
  }
}
