import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import type { Rectangle } from '../../../fields/index.ts';
import type { PictureQuestion } from '../../questions.ts';
import type { Place } from '../problem.ts';

/** The target's pixels that a region names. Throws `bad-option` where there are none. */
export function regionOf(
  region: NonNullable<PictureQuestion['region']>,
  place: Place | undefined,
): Rectangle {
  if (place === undefined) {
    throw new SeamfieldError(
      'bad-option',
      'Only a clone’s own values have a region; save the whole picture.',
    );
  }
  if (region === true) return place.rectangle;
  const { width, height } = place.target;
  if (region.x + region.width > width || region.y + region.height > height) {
    throw new SeamfieldError(
      'bad-option',
      `The region reaches beyond the target, which has ${width}×${height} pixels; choose one within it.`,
    );
  }
  return region;
}
