import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField, GuidanceField, Seam } from '../../src-shared/model/field.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';
import type { Placement } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { fuseRows } from './fuse.ts';
import { staggeredRows } from './gradient-rows.ts';
import { landingBox } from './landing-box.ts';
import { crop, type Raster, type Rectangle } from './raster.ts';
import { staggeredGradient } from './staggered-gradient.ts';

export interface CloneRequest {
  readonly target: Raster;
  readonly source: Raster;
  /** Of the source's size. */
  readonly mask: Mask;
  readonly placement: Placement;
  readonly mode: FusionMode;
  /** The source's share in `average`, 0…1. */
  readonly alpha: number;
  /** Pixels of target around the region, at least 1; less where the image ends. */
  readonly margin: number;
}

export interface CloneGuidance {
  /** On the window's pixels and in the units of the window's own domain, with a seam. */
  readonly guidance: GuidanceField & { readonly field: GradientField; readonly seam: Seam };
  /** Where the window lies on the target. A side of it that is not the image's edge is outside the region. */
  readonly window: Rectangle;
}

/**
 * The fused field of a clone around its region, at a cost that follows the mask and not the images.
 *
 * @throws SeamfieldError as `fuse` does, and `bad-option` for a margin that is no whole number of at least 1.
 */
export function cloneGuidance({
  target,
  source,
  mask,
  placement,
  mode,
  alpha,
  margin,
}: CloneRequest): CloneGuidance {
  if (!Number.isInteger(margin) || margin < 1) {
    throw new SeamfieldError(
      'bad-option',
      `The margin around the mask is ${margin}; give a whole number of pixels, at least 1.`,
      { margin },
    );
  }
  const box = landingBox(target, source, mask, placement);
  const left = Math.max(0, box.x - margin);
  const top = Math.max(0, box.y - margin);
  const window = {
    x: left,
    y: top,
    width: Math.min(target.width, box.x + box.width + margin) - left,
    height: Math.min(target.height, box.y + box.height + margin) - top,
  };
  const onSource = intersection(
    { ...window, x: window.x - placement.x, y: window.y - placement.y },
    { x: 0, y: 0, width: source.width, height: source.height },
  );
  const targetField = staggeredGradient(target, window);
  // In the window's units from the start, so that equal pixels give equal differences to the last bit.
  const sourcePixelsPerUnit = pixelsPerUnit(window);
  const maskRaster: Raster = { ...mask, channels: 1 };
  const { field, inside } = fuseRows({
    target: targetField,
    source: staggeredRows(source, onSource, sourcePixelsPerUnit),
    sourcePixelsPerUnit,
    mask: crop(maskRaster, onSource),
    placement: { x: onSource.x + placement.x - window.x, y: onSource.y + placement.y - window.y },
    mode,
    alpha,
  });
  return { guidance: { field, seam: { inside, target: targetField } }, window };
}

/** What two overlapping rectangles share. */
function intersection(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  };
}
