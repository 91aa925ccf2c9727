import type { Mask } from '../../src-shared/model/mask.ts';
import { boundingBox } from './bounding-box.ts';
import { intersection, type Rectangle } from './raster.ts';
import type { Size } from '../../src-shared/model/image.ts';

/** A mask is never written to, so that what was once found of it stays true. */
const known = new WeakMap<Mask, Rectangle | 'empty'>();

/** The smallest rectangle around what a mask selects, or selects `within` a part of it; searched for once a mask. */
export function maskBounds(mask: Mask, within?: Rectangle): Rectangle | undefined {
  const { data, width, height } = mask;
  let whole = known.get(mask);
  if (whole === undefined) known.set(mask, (whole = boundingBox(data, width, height) ?? 'empty'));
  if (whole === 'empty') return undefined;
  if (within === undefined) return whole;
  const shared = intersection(whole, within);
  if (shared === undefined) return undefined;
  const isAll = shared.width === whole.width && shared.height === whole.height;
  return isAll ? whole : boundingBox(data, width, height, shared);
}

/** How a mask lies on its source that covers a part of it, or is coarser: its corner, and source pixels a pixel. */
export interface MaskPlace {
  readonly x: number;
  readonly y: number;
  readonly step: number;
}

/** What such a mask selects, in the source's pixels: no less, and less than a step more. */
export function placedMaskBounds(mask: Mask, { x, y, step }: MaskPlace, source: Size): Rectangle | undefined {
  const bounds = maskBounds(mask);
  if (bounds === undefined) return undefined;
  return intersection(
    {
      x: x + bounds.x * step,
      y: y + bounds.y * step,
      width: bounds.width * step,
      height: bounds.height * step,
    },
    { x: 0, y: 0, width: source.width, height: source.height },
  );
}
