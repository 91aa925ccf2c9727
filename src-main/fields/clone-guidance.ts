import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField, GuidanceField, Seam } from '../../src-shared/model/field.ts';
import { fuseRows } from './fuse.ts';
import { staggeredRows } from './gradient-rows.ts';
import type { LandedLayer } from './landed-layer.ts';
import { boundingBox } from './bounding-box.ts';
import { crop, cropPlane, intersection, type Raster, type Rectangle } from './raster.ts';
import { staggeredGradient } from './staggered-gradient.ts';

export interface CloneRequest {
  readonly target: Raster;
  /** From the bottom to the top. */
  readonly layers: readonly LandedLayer[];
  /** The part of the target that the field is wanted of, see `windowAround`. */
  readonly window: Rectangle;
}

export type CloneGuidance = GuidanceField & { readonly field: GradientField; readonly seam: Seam };

/**
 * The fused field of a composition in its window, with a seam: the target's own, over which each layer is fused in
 * order. On the window's pixels, in the units of the window's own domain, at a cost that follows it and not the images.
 *
 * A side of the window that is not the image's edge must be outside the region.
 *
 * @throws SeamfieldError as `fuse` does.
 */
export function cloneGuidance({ target, layers, window }: CloneRequest): CloneGuidance {
  const own = staggeredGradient(target, window);
  let inside: Uint8Array | undefined;
  let field = own;
  for (const layer of layers) {
    const fused = fusedOver(field, layer, window);
    if (fused === undefined) continue;
    field = fused.field;
    inside = inside === undefined ? fused.inside : eitherOf(inside, fused.inside);
  }
  inside ??= new Uint8Array(window.width * window.height);
  return { field, seam: { inside, target: own } };
}

/** 1 where either region is. */
function eitherOf(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((isInside, i) => isInside | other[i]!);
}

/** One layer over a field in the window; undefined where nothing of it is there. */
export function fusedOver(field: GradientField, layer: LandedLayer, window: Rectangle) {
  const { source, mask, covered, placement, mode, alpha } = layer;
  const onSource = intersection(
    { ...window, x: window.x - placement.x, y: window.y - placement.y },
    { x: 0, y: 0, width: source.width, height: source.height },
  );
  if (onSource === undefined) return undefined;
  if (boundingBox(mask.data, mask.width, mask.height, onSource) === undefined) return undefined;
  // In the window's units from the start, so that equal pixels give equal differences to the last bit.
  const sourcePixelsPerUnit = pixelsPerUnit(window);
  return fuseRows({
    target: field,
    source: staggeredRows(source, onSource, sourcePixelsPerUnit),
    sourcePixelsPerUnit,
    mask: crop({ ...mask, channels: 1 }, onSource),
    ...(covered && { covered: cropPlane(covered, source.width, onSource) }),
    placement: { x: onSource.x + placement.x - window.x, y: onSource.y + placement.y - window.y },
    mode,
    alpha,
  });
}
