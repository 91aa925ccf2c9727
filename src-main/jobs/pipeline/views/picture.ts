import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { ColorEncoding, Size } from '../../../../src-shared/model/image.ts';
import type { View } from '../../../../src-shared/model/view.ts';
import type { ViewSource } from '../../../../src-shared/view/render-view.ts';
import { derivativesOf } from '../../../fields/index.ts';
import { decodeSamples } from '../../../imaging/decode-samples.ts';
import { encodeImage } from '../../../imaging/encode.ts';
import { encodeSamples } from '../../../imaging/encode-samples.ts';
import type { OutputFormat } from '../../../imaging/format.ts';
import { cutSamples } from '../../../imaging/samples.ts';
import { resizeMask } from '../../../imaging/resample.ts';
import type { FileContent, PictureQuestion } from '../../protocol.ts';
import { carriedResult } from '../clone/carried-result.ts';
import { composite, outsideDifference } from '../clone/composite.ts';
import { falseColour } from './false-colour.ts';
import { evaluateOn, scaledGrid } from '../network.ts';
import type { Patch, Problem } from '../problem.ts';
import { scaledSize } from '../inputs/scaled-size.ts';
import type { Subject } from '../subject.ts';
import { orderOf } from './views.ts';

/**
 * The result as an image file: the network's (between the pixels evaluated, not interpolated), or the exact solution
 * where there is no network. A clone's value is the whole target with the network's values inside the mask, its detail
 * carried over where the network saw fewer pixels; with `region` only the part of it that the network covers.
 *
 * Throws `bad-option` for a scale that the subject doesn't have, `cancelled`, and what encoding throws.
 */
export async function picture(
  signal: AbortSignal,
  { format, view, scale = 1, bitDepth, region }: PictureQuestion,
  subject: Subject,
): Promise<FileContent> {
  const { problem, trained } = subject;
  const grid = trained?.size ?? problem!.reference;
  const channels = trained?.spec.channels ?? problem!.reference.channels;
  checkScale(subject, view, scale);
  if (region === true && (view !== 'value' || problem?.place === undefined)) {
    throw new SeamfieldError('bad-option', 'Only a clone has a region of its own; save the whole picture.');
  }
  const size = scaledSize(grid, scale);
  const encoding = problem?.encoding ?? trained!.model.encoding;
  const depth = bitDepth ?? (format === 'png' || format === 'tiff' ? (problem?.bitDepth ?? 8) : 8);
  if (view === 'value' && problem?.carry !== undefined) {
    const { values, inside } = await carriedResult(signal, { ...subject, problem }, problem.carry);
    return patched(signal, { ...problem.place!, inside }, values, encoding, format, depth, region === true);
  }
  const source = await sourceOf(signal, subject, size, view);
  if (view !== 'value') {
    const { image, text } = falseColour(view, source, size, channels);
    return { bytes: await encodeImage(image, { format, text, bitDepth: bitDepth ?? 8 }) };
  }
  const data = source.value!;
  const inside = problem?.guidance.seam?.inside;
  if (problem?.place !== undefined && inside !== undefined) {
    return patched(signal, { ...problem.place, inside }, data, encoding, format, depth, region === true);
  }
  const alpha = problem && (await alphaAt(signal, problem, size));
  return {
    bytes: await encodeImage({ ...size, channels, encoding, data, ...alpha }, { format, bitDepth: depth }),
  };
}

function checkScale({ trained, problem }: Subject, view: View, scale: number): void {
  if (scale === 1) return;
  if (trained === undefined) {
    throw new SeamfieldError(
      'bad-option',
      'The exact solution has nothing between its pixels; leave the scale at 1.',
    );
  }
  if (view === 'value' && problem?.place !== undefined) {
    throw new SeamfieldError(
      'bad-option',
      'A clone is written at the size of its target; leave the scale at 1.',
    );
  }
}

async function sourceOf(
  signal: AbortSignal,
  { trained, problem, exact }: Subject,
  size: Size,
  view: View,
): Promise<ViewSource> {
  if (trained !== undefined)
    return evaluateOn(signal, trained, scaledGrid(trained.size, size), orderOf(view));
  const data = Float32Array.from(exact!);
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

async function patched(
  signal: AbortSignal,
  patch: Patch,
  values: Float32Array | Float64Array,
  encoding: ColorEncoding,
  format: OutputFormat,
  bitDepth: 8 | 16,
  region: boolean,
): Promise<FileContent> {
  const whole = composite(patch, values, encoding, bitDepth);
  if (region) return { bytes: await encodeSamples(cutSamples(whole, patch.rectangle), { format }) };
  const bytes = await encodeSamples(whole, { format });
  const written = await decodeSamples(signal, { bytes, name: 'the result' });
  return { bytes, maxOutsideDifference: outsideDifference(patch, written) };
}
