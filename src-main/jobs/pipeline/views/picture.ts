import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { Size } from '../../../../src-shared/model/image.ts';
import type { View } from '../../../../src-shared/model/view.ts';
import type { ViewSource } from '../../../../src-shared/view/render-view.ts';
import { derivativesOf } from '../../../fields/index.ts';
import { samplesFromImage } from '../../../imaging/encode.ts';
import { resizeMask } from '../../../imaging/resample.ts';
import { resizeSamples } from '../../../imaging/resize-samples.ts';
import { cutSamples } from '../../../imaging/samples.ts';
import { carriedResult } from '../clone/carried-result.ts';
import { composite } from '../clone/composite.ts';
import { scaledSize } from '../inputs/scaled-size.ts';
import { evaluateOn, scaledGrid } from '../network.ts';
import type { Patch, Place, Problem } from '../problem.ts';
import type { Subject } from '../subject.ts';
import type { Told } from '../told.ts';
import { falseColour } from './false-colour.ts';
import type { Depth, Pictured, Rendered } from './rendered.ts';
import { regionOf } from './region.ts';
import { orderOf } from './views.ts';

/**
 * The result: the network's (between the pixels evaluated, not interpolated), or the exact solution where there is no
 * network. A clone's value is the whole target with the network's values inside the mask, its detail carried over where
 * the network saw fewer pixels; with `region` a part of it.
 *
 * Throws `bad-option` for a region that the subject doesn't have and for a size that can't be written, `cancelled`.
 */
export async function picture(
  signal: AbortSignal,
  { view, scale = 1, region }: Pictured,
  bitDepth: Depth,
  subject: Subject,
  told: Told,
): Promise<Rendered> {
  const { problem, trained } = subject;
  const place = view === 'value' ? problem?.place : undefined;
  const part = region === undefined ? undefined : regionOf(region, place);
  if (place !== undefined) {
    const size = scaledSize(part ?? place.target, scale);
    const { patch, values } = await patchOf(signal, subject, place, told);
    const whole = composite(patch, values, problem!.encoding, bitDepth);
    if (part === undefined && scale === 1) return { samples: whole, patch };
    return {
      samples: await resizeSamples(part === undefined ? whole : cutSamples(whole, part), size, true),
    };
  }
  const grid = trained?.size ?? problem!.reference;
  const channels = trained?.spec.channels ?? problem!.reference.channels;
  const size = scaledSize(grid, scale);
  // Only a network has something between its pixels.
  const own = trained === undefined ? grid : size;
  const source = await sourceOf(signal, subject, own, view, told);
  if (view !== 'value') {
    const { image, text } = falseColour(view, source, own, channels);
    return { samples: await resizeSamples(samplesFromImage(image, bitDepth), size, false), text };
  }
  const encoding = problem?.encoding ?? trained!.model.encoding;
  const { width, height } = own;
  const alpha = problem && (await alphaAt(signal, problem, own));
  const image = { width, height, channels, encoding, data: source.value!, ...alpha };
  return { samples: await resizeSamples(samplesFromImage(image, bitDepth), size, true) };
}

/** A clone's result at the full resolution of its place. */
async function patchOf(
  signal: AbortSignal,
  subject: Subject,
  place: Place,
  told: Told,
): Promise<{ readonly patch: Patch; readonly values: Float32Array | Float64Array }> {
  const problem = subject.problem!;
  if (problem.carry !== undefined) {
    const { values, inside } = await carriedResult(signal, { ...subject, problem }, problem.carry, told);
    return { patch: { ...place, inside }, values };
  }
  const source = await sourceOf(signal, subject, problem.reference, 'value', told);
  return { patch: { ...place, inside: problem.guidance.seam!.inside }, values: source.value! };
}

async function sourceOf(
  signal: AbortSignal,
  { trained, problem, exact }: Subject,
  size: Size,
  view: View,
  told: Told,
): Promise<ViewSource> {
  if (trained !== undefined)
    return evaluateOn(signal, trained, scaledGrid(trained.size, size), orderOf(view), told);
  if (exact === undefined) throw new SeamfieldError('not-allowed', 'This job has nothing to show yet.');
  const data = Float32Array.from(exact);
  return view === 'value' ? { value: data } : derivativesOf({ ...problem!.reference, data });
}

async function alphaAt(
  signal: AbortSignal,
  { alpha, width, height }: Problem,
  size: Size,
): Promise<{ alpha?: Float32Array }> {
  if (alpha === undefined) return {};
  return { alpha: (await resizeMask(signal, { width, height, data: alpha }, size)).data };
}
