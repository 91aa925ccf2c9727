import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { isOnGrid, toMatrix, type Transform } from '../../src-shared/model/composition.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { landingBox } from './landing-box.ts';
import { placedMaskBounds, type MaskPlace } from './mask-bounds.ts';
import { union, type Rectangle } from './raster.ts';
import { landingOf } from './warp.ts';

/** Where a source lies on a target, and what is wanted of it. */
export interface Placed {
  readonly source: Size;
  /** Of the source's size, if nothing says how it lies on it. */
  readonly mask: Mask;
  readonly maskAt?: MaskPlace;
  readonly transform: Transform;
}

/**
 * A rectangle of the target around all that the layers' masks select of it: the smallest for layers that lie on its
 * pixels, wider by what their resampling reaches for others. A layer that selects nothing, or nothing on the target,
 * takes no part as long as another one does.
 *
 * @throws SeamfieldError `size-mismatch`, `empty-mask` or `nothing-to-clone`, its details' `layer` the index of the
 * layer it is about.
 */
export function regionOf(target: Size, layers: readonly Placed[]): Rectangle {
  let region: Rectangle | undefined;
  let refusal: SeamfieldError | undefined;
  layers.forEach((placed, layer) => {
    try {
      const box = reachOf(target, placed);
      region = region === undefined ? box : union(region, box);
    } catch (thrown) {
      const { code, message, details } = SeamfieldError.from(thrown);
      const error = new SeamfieldError(code, message, { ...details, layer });
      if (code !== 'empty-mask' && code !== 'nothing-to-clone') throw error;
      refusal ??= error;
    }
  });
  if (region !== undefined) return region;
  throw (
    refusal ?? new SeamfieldError('nothing-to-clone', 'There is no layer to clone; place a source first.')
  );
}

function reachOf(target: Size, { source, mask, maskAt, transform }: Placed): Rectangle {
  const matrix = toMatrix(transform, source);
  const resampled = Math.ceil(Math.max(1, transform.scale));
  if (maskAt !== undefined) {
    // Refuses an empty one; on its own pixels every mask lands.
    landingBox(mask, mask, mask, { x: 0, y: 0 });
    const masked = placedMaskBounds(mask, maskAt, source);
    const box = masked && landingOf(matrix, masked, resampled, { ...target, x: 0, y: 0 });
    if (box === undefined) throw nothingLands();
    return box;
  }
  if (isOnGrid(matrix) && matrix.a === 1 && matrix.d === 1) {
    return landingBox(target, source, mask, { x: matrix.e, y: matrix.f });
  }
  // Checks sizes and emptiness as for any other layer; on its own frame every mask lands.
  const masked = landingBox(source, source, mask, { x: 0, y: 0 });
  const grown = isOnGrid(matrix) ? 0 : resampled;
  const box = landingOf(matrix, masked, grown, { ...target, x: 0, y: 0 });
  if (box === undefined) throw nothingLands();
  return box;
}

/** The refusal of layers of which nothing lies on the target. */
export function nothingLands(): SeamfieldError {
  return new SeamfieldError(
    'nothing-to-clone',
    'Nothing of the masked part of the source lies on the target; move it there.',
  );
}

/**
 * A region with `margin` pixels of target around it, less where the image ends.
 *
 * @throws SeamfieldError `bad-option` for a margin that is no whole number of at least 1.
 */
export function windowAround(region: Rectangle, margin: number, target: Size): Rectangle {
  if (!Number.isInteger(margin) || margin < 1) {
    throw new SeamfieldError(
      'bad-option',
      `The margin around the mask is ${margin}; give a whole number of pixels, at least 1.`,
      { margin },
    );
  }
  const x = Math.max(0, region.x - margin);
  const y = Math.max(0, region.y - margin);
  return {
    x,
    y,
    width: Math.min(target.width, region.x + region.width + margin) - x,
    height: Math.min(target.height, region.y + region.height + margin) - y,
  };
}
