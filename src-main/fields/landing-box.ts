import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Placement, Size } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { maskBounds } from './mask-bounds.ts';
import type { Rectangle } from './raster.ts';

/**
 * The smallest rectangle of the target around the masked pixels of a source placed on it.
 *
 * @throws SeamfieldError `size-mismatch`, `bad-option` (a placement between pixels), `empty-mask`, or
 * `nothing-to-clone` where no masked pixel of the source lands on the target.
 */
export function landingBox(target: Size, source: Size, mask: Mask, placement: Placement): Rectangle {
  if (mask.width !== source.width || mask.height !== source.height) {
    throw new SeamfieldError(
      'size-mismatch',
      `The mask has ${mask.width}×${mask.height} pixels and the source ${source.width}×${source.height}; draw the mask on the source.`,
      { mask: [mask.width, mask.height], source: [source.width, source.height] },
    );
  }
  if (!Number.isInteger(placement.x) || !Number.isInteger(placement.y)) {
    throw new SeamfieldError(
      'bad-option',
      `The source is placed at ${placement.x}, ${placement.y}; give whole pixels.`,
      { placement },
    );
  }
  const whole = maskBounds(mask);
  if (whole === undefined) {
    throw new SeamfieldError('empty-mask', 'The mask is black all over; paint what is to be cloned white.');
  }
  const onTarget = {
    x: -placement.x,
    y: -placement.y,
    width: target.width,
    height: target.height,
  };
  const box = maskBounds(mask, onTarget);
  if (box === undefined) {
    throw new SeamfieldError(
      'nothing-to-clone',
      `At ${placement.x}, ${placement.y} nothing of the masked part of the source lies on the target of ${target.width}×${target.height} pixels; move it there.`,
      { placement, masked: whole },
    );
  }
  return { ...box, x: box.x + placement.x, y: box.y + placement.y };
}
