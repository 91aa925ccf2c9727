import type { Samples } from '../../../imaging/samples.ts';
import type { PicturePixelsQuestion } from '../../questions.ts';
import type { Patch } from '../problem.ts';

/** Which picture of a task. */
export type Pictured = Omit<PicturePixelsQuestion, 'kind'>;

/** Bits a sample in which a picture is made. */
export type Depth = 8 | 16;

/** A picture to be written. */
export interface Rendered {
  readonly samples: Samples;
  /** What its colours mean, by keyword. */
  readonly text?: Readonly<Record<string, string>>;
  /** Where the samples are a clone on all of its target: what of them is not the target's. */
  readonly patch?: Patch;
}
