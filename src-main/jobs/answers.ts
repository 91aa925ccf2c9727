/** What each question to a job's process is answered with. */
import type { ChannelCount, Placement, Size } from '../../src-shared/model/image.ts';
import type { ModelCheck, Probed, SeamMismatch } from '../../src-shared/model/inspection.ts';
import type { ProviderCheck } from '../engines/providers/memory.ts';
import type { Question } from './questions.ts';

/** Raw numbers, planar [channels, height, width]. */
export interface RawView extends Size {
  readonly channels: ChannelCount;
  readonly data: Float32Array;
}

/** Pixels for a canvas: RGBA, 8 bits each, interleaved. */
export interface PixelView extends Size {
  readonly data: Uint8Array;
}

/** A part of a clone's target. */
export interface PlacedPixels extends PixelView {
  readonly at: Placement;
  /** The target's pixels that it covers. */
  readonly full: Size;
}

/** What can be said of a photograph before a pixel of it is decoded. Width and height are those of it upright. */
export interface PhotographInfo extends Size {
  readonly channels: ChannelCount;
  readonly bitDepth: 8 | 16;
  readonly hasAlpha: boolean;
}

/** A file to write. A clone's picture says how far it is from the target outside the mask, in 8-bit steps. */
export interface FileContent {
  readonly bytes: Uint8Array;
  readonly maxOutsideDifference?: number;
}

/** An ONNX file, and, where asked, how it was found when it was loaded back. */
export interface ModelFile extends FileContent {
  readonly check?: ModelCheck;
}

/** What each question is answered with. */
export interface Answers {
  'check-provider': ProviderCheck;
  'image-info': PhotographInfo;
  'image-view': RawView;
  'image-pixels': PixelView;
  thumbnail: FileContent;
  'clone-exact': PlacedPixels;
  view: RawView;
  probe: Probed;
  card: Readonly<Record<string, string>>;
  seam: SeamMismatch;
  picture: FileContent;
  'picture-pixels': PixelView;
  model: ModelFile;
}
export type AnswerTo<Q extends Question> = Answers[Q['kind']];
