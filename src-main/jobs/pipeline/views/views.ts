import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { Aspect } from '../../../../src-shared/model/aspect.ts';
import type { MeasuredView, View } from '../../../../src-shared/model/view.ts';
import { derivativesOf } from '../../../fields/index.ts';
import type { Raster } from '../../../fields/index.ts';
import type { Order } from '../../../siren/engine.ts';
import type { RawView } from '../../answers.ts';
import { evaluateOn, pixelGrid } from '../network.ts';
import type { Grid, Network } from '../network.ts';
import type { Problem } from '../problem.ts';
import { guidanceView, residualView } from './residual.ts';
import type { Subject } from '../subject.ts';
import { untold, type Told } from '../told.ts';

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
  told: Told = untold,
): Promise<RawView> {
  const found = await evaluateOn(signal, network, grid, orderOf(view), told);
  return { width: grid.columns, height: grid.rows, channels: network.spec.channels, data: found[view]! };
}

const names: Readonly<Record<Aspect, string>> = {
  photograph: 'photograph',
  first: 'first photograph',
  second: 'second photograph',
  source: 'source',
  paste: 'naive paste',
  exact: 'exact solution',
  network: 'network',
  guidance: 'guidance field',
  residual: 'residual',
};

/**
 * One view of an aspect of a task. Throws `not-allowed` for one that the task does not have, or does not have yet.
 *
 * A picture's derivatives are those of its even extension; the network's and the residual's are analytic.
 */
export async function viewOfAspect(
  signal: AbortSignal,
  of: Aspect,
  view: MeasuredView,
  { problem, exact, trained }: Subject,
): Promise<RawView> {
  if (of === 'network' && trained !== undefined) {
    return viewOfNetwork(signal, trained, pixelGrid(trained.size), view);
  }
  if (problem === undefined) throw nothingOf(of);
  const picture = pictureOf(of, problem, exact);
  if (picture !== undefined) return viewOfPicture(picture, view);
  const { guidance } = problem;
  const found =
    of === 'guidance'
      ? guidanceView(guidance, view)
      : of === 'residual' && trained !== undefined
        ? await residualView(signal, trained, guidance, view)
        : undefined;
  if (found !== undefined) return found;
  if (of === 'guidance' || (of === 'residual' && trained !== undefined)) {
    const kind = guidance.field.kind === 'gradient' ? 'gradients' : 'Laplacians';
    throw new SeamfieldError('not-allowed', `This job is supervised by ${kind} alone; look at those.`);
  }
  throw nothingOf(of);
}

function pictureOf(
  of: Aspect,
  { reference, pasted, fused }: Problem,
  exact?: Float64Array,
): Raster | undefined {
  if (of === 'photograph') return reference;
  if (of === 'first' || of === 'second') return fused?.[of];
  if (of === 'source') return pasted?.opaque;
  if (of === 'paste') return pasted?.blended;
  if (of === 'exact' && exact !== undefined) return { ...reference, data: Float32Array.from(exact) };
  return undefined;
}

function nothingOf(of: Aspect): SeamfieldError {
  return new SeamfieldError(
    'not-allowed',
    `This job has no ${names[of]} to show; if it is still training, wait until it has finished.`,
  );
}
