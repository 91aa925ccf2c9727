import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { exportModel } from '../../onnx/export-model.ts';
import type {
  AnswerTo,
  Answers,
  FileContent,
  ImageViewQuestion,
  Question,
  RawView,
  ViewQuestion,
} from '../protocol.ts';
import { loadPhotograph } from './load.ts';
import { photographInfo } from './photograph-info.ts';
import { pixelGrid } from './network.ts';
import { picture } from './picture.ts';
import { exactClone } from './exact-clone.ts';
import type { Subject } from './subject.ts';
import { viewOfNetwork, viewOfPicture } from './views.ts';

/** Answers a question about a task (`null` before it has anything to show), or about a photograph on file. */
export async function answer<Q extends Question>(
  signal: AbortSignal,
  question: Q,
  subject: Subject | null,
  isFinished: boolean,
): Promise<AnswerTo<Q>>;
export async function answer(
  signal: AbortSignal,
  question: Question,
  subject: Subject | null,
  isFinished: boolean,
): Promise<Answers[keyof Answers]> {
  if (question.kind === 'image-info') return photographInfo(question);
  if (question.kind === 'image-view') return viewOfFile(signal, question);
  if (question.kind === 'clone-exact') return exactClone(signal, question);
  if (subject === null) throw new SeamfieldError('not-allowed', 'This job has nothing to show yet.');
  if (question.kind === 'view') return viewOfSubject(signal, question, subject);
  // Until a network is there, the exact solution must not pass for the result.
  if (!isFinished) throw new SeamfieldError('not-allowed', 'This job has not finished yet.');
  switch (question.kind) {
    case 'picture':
      return picture(signal, question, subject);
    case 'model':
      return modelFile(subject);
  }
}

async function viewOfFile(signal: AbortSignal, { image, size, view }: ImageViewQuestion): Promise<RawView> {
  return viewOfPicture(await loadPhotograph(signal, image, size ?? Infinity), view);
}

const names = { photograph: 'photograph', network: 'network', exact: 'exact solution' } as const;

async function viewOfSubject(
  signal: AbortSignal,
  { of, view }: ViewQuestion,
  { problem, exact, trained }: Subject,
): Promise<RawView> {
  if (of === 'network' && trained !== undefined) {
    return viewOfNetwork(signal, trained, pixelGrid(trained.size), view);
  }
  if (of === 'photograph' && problem !== undefined) return viewOfPicture(problem.reference, view);
  if (of === 'exact' && problem !== undefined && exact !== undefined) {
    return viewOfPicture({ ...problem.reference, data: Float32Array.from(exact) }, view);
  }
  throw new SeamfieldError(
    'not-allowed',
    `This job has no ${names[of]} to show; wait until it has finished.`,
  );
}

function modelFile({ trained }: Subject): FileContent {
  if (trained === undefined) {
    throw new SeamfieldError('bad-option', 'The exact solution is no network and can’t be written as ONNX.');
  }
  return { bytes: exportModel(trained.model, { derivatives: true }) };
}
