import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import { displayPixels } from '../../../imaging/display-pixels.ts';
import { decodeSamples } from '../../../imaging/decode-samples.ts';
import { checkFile, encodeSamples } from '../../../imaging/encode-samples.ts';
import { throwIfCancelled } from '../../../imaging/slices.ts';
import type { FileContent, PixelView } from '../../answers.ts';
import type { Work } from '../../protocol.ts';
import type { PicturePixelsQuestion, PictureQuestion } from '../../questions.ts';
import { outsideDifference } from '../clone/composite.ts';
import type { Subject } from '../subject.ts';
import type { Told } from '../told.ts';
import { aspectPicture } from './aspect-picture.ts';
import { picture } from './picture.ts';
import type { Depth, Pictured, Rendered } from './rendered.ts';

/**
 * A picture of a task as a file. Throws `bad-option` before any work for what its format can't hold, and what
 * `picture` and `aspectPicture` throw.
 */
export async function pictureFile(
  signal: AbortSignal,
  question: PictureQuestion,
  subject: Subject,
  isFinished: boolean,
  tell: (work: Work) => void,
): Promise<FileContent> {
  const { format, bitDepth: asked, quality, unchecked } = question;
  const bitDepth = asked ?? usualDepth(question, subject);
  const options = { format, bitDepth, ...(quality !== undefined && { quality }) };
  checkFile(options);
  const told: Told = (share) => tell({ stage: 'computing', share });
  const { samples, text, patch } = await render(
    signal,
    question,
    bitDepth > 8 ? 16 : 8,
    subject,
    isFinished,
    told,
  );
  tell({ stage: 'writing' });
  const bytes = await encodeSamples(samples, { ...options, ...(text && { text }) });
  throwIfCancelled(signal, 'The export');
  if (patch === undefined || unchecked === true) return { bytes };
  const written = await decodeSamples(signal, { bytes, name: 'the result' });
  return { bytes, maxOutsideDifference: outsideDifference(patch, written) };
}

/** The same as a screen shows it. */
export async function picturePixels(
  signal: AbortSignal,
  question: PicturePixelsQuestion,
  subject: Subject,
  isFinished: boolean,
  tell: (work: Work) => void,
): Promise<PixelView> {
  const told: Told = (share) => tell({ stage: 'computing', share });
  return displayPixels((await render(signal, question, 8, subject, isFinished, told)).samples);
}

async function render(
  signal: AbortSignal,
  pictured: Pictured,
  bitDepth: Depth,
  subject: Subject,
  isFinished: boolean,
  told: Told,
): Promise<Rendered> {
  if (pictured.of !== undefined) {
    return aspectPicture(signal, { ...pictured, of: pictured.of }, bitDepth, subject, told);
  }
  // Until a network is there, the exact solution must not pass for the result.
  if (!isFinished) throw new SeamfieldError('not-allowed', 'This job has not finished yet.');
  return picture(signal, pictured, bitDepth, subject, told);
}

/** Values have the photograph's where the format is without loss; colours need no more than a screen's. */
function usualDepth({ format, view, minus }: PictureQuestion, { problem }: Subject): Depth {
  const isValues = view === 'value' && minus === undefined;
  return isValues && (format === 'png' || format === 'tiff') ? (problem?.bitDepth ?? 8) : 8;
}
