import type { Mask } from '../../src-shared/model/mask.ts';
import { boundingBox } from './bounding-box.ts';
import { intersection, type Rectangle } from './raster.ts';

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
