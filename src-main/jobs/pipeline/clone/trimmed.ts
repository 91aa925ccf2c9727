import { toMatrix, type Matrix } from '../../../../src-shared/model/composition.ts';
import { maskBounds, type Layer, type Rectangle } from '../../../fields/index.ts';
import { crop, intersection } from '../../../fields/raster.ts';

/** Source kept around its mask: what differences, resampling and reduction reach, as a share of the mask and in pixels. */
const kept = { share: 1 / 4, least: 64 };

/** Photographs up to so many pixels are left whole. */
const smallPixels = 4e6;

/** A layer less what of its source lies far from its mask, so that a large photograph doesn't stay in memory for a small part. */
export function trimmed(layer: Layer): Layer {
  const { source, mask, transform } = layer;
  if (source.width * source.height <= smallPixels) return layer;
  const bounds = maskBounds(mask);
  // What doesn't fit is refused by whoever lands it.
  if (bounds === undefined || mask.width !== source.width || mask.height !== source.height) return layer;
  const reach = Math.max(kept.least, Math.ceil(kept.share * Math.max(bounds.width, bounds.height)));
  const { width, height } = source;
  const part = intersection(
    {
      x: bounds.x - reach,
      y: bounds.y - reach,
      width: bounds.width + 2 * reach,
      height: bounds.height + 2 * reach,
    },
    { x: 0, y: 0, width, height },
  )!;
  if (part.width === width && part.height === height) return layer;
  const shares = crop({ ...mask, channels: 1 }, part);
  return {
    ...layer,
    source: crop(source, part),
    mask: { width: part.width, height: part.height, data: shares.data },
    transform: { ...transform, ...cornerOf(toMatrix(transform, source), part) },
  };
}

/** Where a part's own untransformed frame has to lie so that each of its pixels stays where the whole's matrix puts it. */
function cornerOf({ a, b, c, d, e, f }: Matrix, { x, y, width, height }: Rectangle) {
  const [cx, cy] = [width / 2, height / 2];
  return { x: a * (x + cx) + c * (y + cy) + e - cx, y: b * (x + cx) + d * (y + cy) + f - cy };
}
