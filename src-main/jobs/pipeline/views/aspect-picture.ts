import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { Aspect } from '../../../../src-shared/model/aspect.ts';
import { viewNeeds } from '../../../../src-shared/view/render-view.ts';
import { samplesFromImage } from '../../../imaging/encode.ts';
import { resizeSamples } from '../../../imaging/resize-samples.ts';
import type { RawView } from '../../answers.ts';
import { scaledSize } from '../inputs/scaled-size.ts';
import { scaledGrid } from '../network.ts';
import type { Subject } from '../subject.ts';
import { partOfWork, type Told } from '../told.ts';
import { falseColour } from './false-colour.ts';
import type { Depth, Pictured, Rendered } from './rendered.ts';
import { viewOfAspect, viewOfNetwork } from './views.ts';

/**
 * An aspect of a task as it is inspected, or the difference of two: values as they are, everything else in the colours
 * of the inspector. Unlike `picture`, a clone's is the window that its network covers, at the size the network sees.
 *
 * Throws `bad-option` for a region and for a size that can't be written, `not-allowed` as `viewOfAspect`.
 */
export async function aspectPicture(
  signal: AbortSignal,
  pictured: Pictured & { readonly of: Aspect },
  bitDepth: Depth,
  subject: Subject,
  told: Told,
): Promise<Rendered> {
  const { of, minus, view, range, scale = 1, region } = pictured;
  if (region !== undefined) {
    throw new SeamfieldError('bad-option', 'What is inspected is the region already; save all of it.');
  }
  const { trained, problem } = subject;
  const isNetwork = of === 'network' && minus === undefined && trained !== undefined;
  const wanted = scaledSize(trained?.size ?? problem!.reference, scale);
  const needs = viewNeeds[view];
  const found: RawView[] = [];
  for (const [i, name] of needs.entries()) {
    const part = partOfWork(told, i / needs.length, (i + 1) / needs.length);
    if (isNetwork) {
      found.push(await viewOfNetwork(signal, trained, scaledGrid(trained.size, wanted), name, part));
    } else {
      const first = await viewOfAspect(signal, of, name, subject);
      found.push(
        minus === undefined ? first : difference(first, await viewOfAspect(signal, minus, name, subject)),
      );
      part(1);
    }
  }
  const { width, height, channels } = found[0]!;
  const size = { width, height };
  if (view === 'value' && minus === undefined) {
    const encoding = problem?.encoding ?? trained!.model.encoding;
    const samples = samplesFromImage({ ...size, channels, encoding, data: found[0]!.data }, bitDepth);
    return { samples: await resizeSamples(samples, wanted, true) };
  }
  const source = Object.fromEntries(needs.map((name, i) => [name, found[i]!.data]));
  const shown = view === 'value' ? 'difference' : view;
  const { image, text } = falseColour(shown, source, size, channels, range);
  text['Seamfield picture'] = minus === undefined ? of : `${of} - ${minus}`;
  return { samples: await resizeSamples(samplesFromImage(image, bitDepth), wanted, false), text };
}

function difference(a: RawView, b: RawView): RawView {
  return { ...a, data: a.data.map((value, i) => value - b.data[i]!) };
}
