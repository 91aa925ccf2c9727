import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { Aspect } from '../../../../src-shared/model/aspect.ts';
import type { MeasuredView } from '../../../../src-shared/model/view.ts';
import { viewNeeds } from '../../../../src-shared/view/render-view.ts';
import { encodeImage } from '../../../imaging/encode.ts';
import type { FileContent, PictureQuestion, RawView } from '../../protocol.ts';
import { falseColour } from './false-colour.ts';
import { scaledGrid } from '../network.ts';
import { scaledSize } from '../inputs/scaled-size.ts';
import type { Subject } from '../subject.ts';
import { viewOfAspect, viewOfNetwork } from './views.ts';

/**
 * An aspect of a task as it is inspected, or the difference of two, as an image file: values as they are, everything
 * else in the colours of the inspector. Unlike `picture`, a clone's is the window that its network covers.
 *
 * Throws `bad-option` for a scale other than 1 of anything but the network alone, `not-allowed` as `viewOfAspect`.
 */
export async function aspectPicture(
  signal: AbortSignal,
  question: PictureQuestion & { readonly of: Aspect },
  subject: Subject,
): Promise<FileContent> {
  const { of, minus, view, format, range, bitDepth } = question;
  const found = await Promise.all(
    viewNeeds[view].map(async (name) => {
      const first = await planeOf(signal, question, name, subject);
      return minus === undefined
        ? first
        : difference(first, await viewOfAspect(signal, minus, name, subject));
    }),
  );
  const { width, height, channels } = found[0]!;
  const size = { width, height };
  if (view === 'value' && minus === undefined) {
    const encoding = subject.problem?.encoding ?? subject.trained!.model.encoding;
    const own = format === 'png' || format === 'tiff' ? (subject.problem?.bitDepth ?? 8) : 8;
    const image = { ...size, channels, encoding, data: found[0]!.data };
    return { bytes: await encodeImage(image, { format, bitDepth: bitDepth ?? own }) };
  }
  const source = Object.fromEntries(viewNeeds[view].map((name, i) => [name, found[i]!.data]));
  const shown = view === 'value' ? 'difference' : view;
  const { image, text } = falseColour(shown, source, size, channels, range);
  text['Seamfield picture'] = minus === undefined ? of : `${of} - ${minus}`;
  return { bytes: await encodeImage(image, { format, text, bitDepth: bitDepth ?? 8 }) };
}

async function planeOf(
  signal: AbortSignal,
  { of, minus, scale = 1 }: PictureQuestion & { readonly of: Aspect },
  name: MeasuredView,
  subject: Subject,
): Promise<RawView> {
  if (scale === 1) return viewOfAspect(signal, of, name, subject);
  const { trained } = subject;
  if (of !== 'network' || minus !== undefined || trained === undefined) {
    throw new SeamfieldError(
      'bad-option',
      'Only the network has something between its pixels; leave the scale at 1.',
    );
  }
  return viewOfNetwork(signal, trained, scaledGrid(trained.size, scaledSize(trained.size, scale)), name);
}

function difference(a: RawView, b: RawView): RawView {
  return { ...a, data: a.data.map((value, i) => value - b.data[i]!) };
}
