import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { SeamMismatch } from '../../../src-shared/model/inspection.ts';
import { displayPixels } from '../../imaging/display-pixels.ts';
import { encodeSamples } from '../../imaging/encode-samples.ts';
import { exportModel } from '../../onnx/export-model.ts';
import { describe } from '../../onnx/model-metadata.ts';
import type { AnswerTo, Answers, FileContent, ModelFile, PixelView, RawView } from '../answers.ts';
import type { Work } from '../protocol.ts';
import type {
  ImagePixelsQuestion,
  ImageViewQuestion,
  ModelQuestion,
  Question,
  ThumbnailQuestion,
} from '../questions.ts';
import { loadPhotograph } from './inputs/load.ts';
import type { Photographs } from './inputs/photographs.ts';
import { photographInfo } from './inputs/photograph-info.ts';
import { pictureFile, picturePixels } from './views/pictured.ts';
import { exactClone } from './clone/exact-clone.ts';
import { probe } from './views/probe.ts';
import { seamMismatch } from './clone/seam-mismatch.ts';
import type { Subject, Trained } from './subject.ts';
import { viewOfAspect, viewOfPicture } from './views/views.ts';

/**
 * Answers a question about a task (`null` before it has anything to show), or about a photograph on file.
 *
 * @param tell told where long work is, as often as there is news
 */
export async function answer<Q extends Question>(
  signal: AbortSignal,
  question: Q,
  subject: Subject | null,
  isFinished: boolean,
  photographs: Photographs,
  tell: (work: Work) => void,
): Promise<AnswerTo<Q>>;
export async function answer(
  signal: AbortSignal,
  question: Question,
  subject: Subject | null,
  isFinished: boolean,
  photographs: Photographs,
  tell: (work: Work) => void,
): Promise<Answers[keyof Answers]> {
  if (question.kind === 'check-provider') {
    return (await import('./muted-check.ts')).mutedCheck(question.provider);
  }
  if (question.kind === 'image-info') return photographInfo(question);
  if (question.kind === 'image-view') return viewOfFile(signal, question);
  if (question.kind === 'image-pixels') return pixelsOfFile(signal, question, photographs);
  if (question.kind === 'thumbnail') return thumbnail(signal, question, photographs);
  if (question.kind === 'clone-exact') return exactClone(signal, question, photographs);
  if (subject === null) throw new SeamfieldError('not-allowed', 'This job has nothing to show yet.');
  if (question.kind === 'view') return viewOfAspect(signal, question.of, question.view, subject);
  if (question.kind === 'probe') return probe(subject, question);
  if (question.kind === 'seam') return seamOf(subject);
  if (question.kind === 'picture') return pictureFile(signal, question, subject, isFinished, tell);
  if (question.kind === 'picture-pixels') return picturePixels(signal, question, subject, isFinished, tell);
  if (!isFinished) throw new SeamfieldError('not-allowed', 'This job has not finished yet.');
  switch (question.kind) {
    case 'card':
      return describe(networkOf(subject).model);
    case 'model':
      return modelFile(question, subject);
  }
}

async function viewOfFile(signal: AbortSignal, { image, size, view }: ImageViewQuestion): Promise<RawView> {
  return viewOfPicture(await loadPhotograph(signal, image, size ?? Infinity), view);
}

async function pixelsOfFile(
  signal: AbortSignal,
  { image, size }: ImagePixelsQuestion,
  photographs: Photographs,
): Promise<PixelView> {
  return displayPixels(await photographs.samplesOf(signal, image), size);
}

async function thumbnail(
  signal: AbortSignal,
  { image, size }: ThumbnailQuestion,
  photographs: Photographs,
): Promise<FileContent> {
  const pixels = displayPixels(await photographs.samplesOf(signal, image), size);
  return { bytes: await encodeSamples({ ...(await pixels), channels: 4 }, { format: 'webp', quality: 80 }) };
}

function seamOf({ problem }: Subject): SeamMismatch {
  const { guidance, pasted, reference } = problem ?? {};
  const inside = guidance?.seam?.inside;
  if (inside === undefined || pasted === undefined || reference === undefined) {
    throw new SeamfieldError('not-allowed', 'Only a clone has a seam.');
  }
  return seamMismatch(reference, pasted.opaque, inside);
}

function networkOf({ trained }: Subject): Trained {
  if (trained !== undefined) return trained;
  throw new SeamfieldError('bad-option', 'The exact solution is no network and can’t be written as ONNX.');
}

async function modelFile({ check }: ModelQuestion, subject: Subject): Promise<ModelFile> {
  const trained = networkOf(subject);
  const bytes = exportModel(trained.model, { derivatives: true });
  if (check !== true) return { bytes };
  const { checkModel } = await import('../../engines/check-model.ts');
  return { bytes, check: await checkModel(bytes, trained.model) };
}
