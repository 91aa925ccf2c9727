import { compose, isOnGrid, movedTo, toMatrix } from '../../../src-shared/model/composition.ts';
import { land, reachOf, resampled, type Layer } from '../land.ts';
import type { LandedLayer } from '../landed-layer.ts';
import { maskBounds } from '../mask-bounds.ts';
import { intersection, type Rectangle } from '../raster.ts';
import { landingOf } from '../warp.ts';

/** A layer as it lies in a window of its target. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** The part of the window, (0, 0) its top-left pixel, where its source is known. */
  readonly extent: Rectangle;
  /** Whether its pixels are the target's, in their order. */
  readonly isPlain: boolean;
}

/**
 * The layers of which something lies in a window. Of one that has to be resampled the source is known as far as `reach`
 * pixels around its mask.
 */
export function placedIn(window: Rectangle, layers: readonly Layer[], reach: number): PlacedLayer[] {
  const frame = { x: 0, y: 0, width: window.width, height: window.height };
  return layers.flatMap((given): PlacedLayer[] => {
    const masked = maskBounds(given.mask);
    if (masked === undefined) return [];
    const toWindow = { a: 1, b: 0, c: 0, d: 1, e: -window.x, f: -window.y };
    const matrix = compose(toWindow, toMatrix(given.transform, given.source));
    const lands = landingOf(matrix, masked, isOnGrid(matrix) ? 0 : reachOf(matrix) + reach, frame);
    if (lands === undefined) return [];
    if (!isOnGrid(matrix)) return [{ layer: given, extent: lands, isPlain: false }];
    // Mirrored or turned pixels are put in the target's order once and for all.
    const { source, mask, placement, mode, alpha } = land(given, window, toWindow)!;
    const transform = movedTo({ x: placement.x + window.x, y: placement.y + window.y });
    const layer = { source, mask, mode, alpha, transform };
    const extent = intersection({ ...placement, width: source.width, height: source.height }, frame)!;
    return [{ layer, extent, isPlain: true }];
  });
}

/** The layer on the pixels of some of the window's rows, those from `top` on being row 0; undefined where it has none there. */
export function laidOn(
  { layer, extent, isPlain }: PlacedLayer,
  window: Rectangle,
  top: number,
  rows: number,
): LandedLayer | undefined {
  const { x, width } = extent;
  const shared = intersection(extent, { x, width, y: top, height: rows });
  if (shared === undefined) return undefined;
  const onto = { ...shared, y: shared.y - top };
  const toRows = { a: 1, b: 0, c: 0, d: 1, e: -window.x, f: -window.y - top };
  const matrix = compose(toRows, toMatrix(layer.transform, layer.source));
  if (!isPlain) return resampled(layer, matrix, onto);
  const { source, mask, mode, alpha } = layer;
  return { source, mask, mode, alpha, placement: { x: matrix.e, y: matrix.f } };
}
