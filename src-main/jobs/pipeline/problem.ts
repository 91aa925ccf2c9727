import type { GuidanceField } from '../../../src-shared/model/field.ts';
import type { ColorEncoding, Size } from '../../../src-shared/model/image.ts';
import type { Carry, Raster, Rectangle } from '../../fields/index.ts';
import type { Samples } from '../../imaging/samples.ts';
import type { NaivePaste } from './clone/naive-paste.ts';

/** Where a clone's result goes: the target as its file holds it, and the part of it that the network covers. */
export interface Place {
  readonly target: Samples;
  /** The guidance field's place on the target. */
  readonly rectangle: Rectangle;
}

/** A place, and which of its pixels are not the target's own. */
export interface Patch extends Place {
  /** [rectangle.height, rectangle.width]; 1 where the result is the network's, 0 where it is the target's. */
  readonly inside: Uint8Array;
}

/** What a task comes to before any training: one guidance field, and what to make of its integral. */
export interface Problem extends Size {
  /** All that the trainer is given. */
  readonly guidance: GuidanceField;
  /**
   * The picture the free constant is taken from, at the size of the guidance field: the photograph, the plain blend
   * of two, or a clone's target.
   */
  readonly reference: Raster;
  /** [height, width]; the pixels the constant is taken over. All where absent. */
  readonly anchor?: Uint8Array;
  /** Whether the reference is what the field's integral ought to be (not so for a clone). */
  readonly referenceIsTruth: boolean;
  readonly encoding: ColorEncoding;
  readonly bitDepth: 8 | 16;
  /** [height, width], for the export. */
  readonly alpha?: Float32Array;
  /** Of a clone. */
  readonly place?: Place;
  /** Of a clone on fewer pixels than its place has: what brings its result back to all of them. */
  readonly carry?: Carry;
  /** Of a fusion: the two photographs whose gradients it is made of. */
  readonly fused?: { readonly first: Raster; readonly second: Raster };
  /** Of a clone. */
  readonly pasted?: NaivePaste;
  /** What was done to the inputs that the user should know, one sentence each. */
  readonly notes: readonly string[];
}
