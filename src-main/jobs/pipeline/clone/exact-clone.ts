import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Matrix } from '../../../../src-shared/model/composition.ts';
import type { Size } from '../../../../src-shared/model/image.ts';
import {
  cloneGuidance,
  exactSteps,
  inTurns,
  land,
  nothingLands,
  toWorkingGrid,
} from '../../../fields/index.ts';
import type { LandedLayer, Layer, Raster, Rectangle } from '../../../fields/index.ts';
import { catmullRom } from '../../../fields/kernels.ts';
import { crop } from '../../../fields/raster.ts';
import { warp } from '../../../fields/warp.ts';
import { pixelsOfPlanes } from '../../../imaging/display-pixels.ts';
import { sizeWithin } from '../../../imaging/resample.ts';
import { throwIfCancelled } from '../../../imaging/slices.ts';
import type { PlacedPixels } from '../../answers.ts';
import type { CloneExactQuestion } from '../../questions.ts';
import { naming, windowOf } from './clone.ts';
import { addConstant, freeConstant } from '../measures/constant.ts';
import type { Photographs } from '../inputs/photographs.ts';
import { ringAround } from './seam.ts';
import { decodeSeenMask } from './seen-mask.ts';

/** What is solved on fewer pixels is only looked at: its error stays below a tenth of an eight-bit step. */
const seenRule = { tolerance: 1e-4, maxCycles: 200 };

/**
 * The exact solution of a clone on the window around its region: on the target's pixels, or on fewer, target and layers
 * each resampled once; as pixels, for it is looked at. Messages get through every few hundredths of a second. Throws `cancelled`, and what is wrong with its files.
 */
export async function exactClone(
  signal: AbortSignal,
  { composition, size = Infinity }: CloneExactQuestion,
  photographs: Photographs,
): Promise<PlacedPixels> {
  const target = await photographs.imageOf(signal, composition.target);
  const layers: Layer[] = [];
  for (const { source, mask, transform, mode, alpha = 0.5 } of composition.layers) {
    const fusion = { transform, mode, alpha };
    const image = await photographs.imageOf(signal, source);
    if ('bytes' in mask) layers.push({ ...fusion, source: image, mask: decodeSeenMask(mask), maskAt: mask });
    else layers.push({ ...fusion, source: image, mask: await photographs.maskOf(signal, mask) });
  }
  const named = composition.layers.map(({ mask, ...layer }) => ({
    ...layer,
    mask: 'bytes' in mask ? layer.source : mask,
  }));
  const window = naming(named, () => windowOf(target, layers, size));
  await breathe(signal);
  const { reference, toGrid } = seenAt(target, window, size);
  const landed: LandedLayer[] = [];
  for (const layer of layers) {
    await breathe(signal);
    const own = land(layer, reference, toGrid);
    if (own !== undefined) landed.push(own);
  }
  if (landed.length === 0) throw nothingLands();
  const { width, height, channels } = reference;
  await breathe(signal);
  const guidance = cloneGuidance({
    target: reference,
    layers: landed,
    window: { x: 0, y: 0, width, height },
  });
  const isReduced = width < window.width || height < window.height;
  await breathe(signal);
  const exact = await inTurns(signal, exactSteps(guidance, isReduced ? seenRule : undefined), nextTurn);
  const ring = ringAround(guidance.seam.inside, reference);
  addConstant(exact, freeConstant(reference.data, exact, channels, ring));
  const { x, y } = window;
  const full = { width: window.width, height: window.height };
  return { ...pixelsOfPlanes({ width, height, channels, data: exact }), at: { x, y }, full };
}

async function breathe(signal: AbortSignal): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal, 'The exact solution');
}

/** A window of the target at a size, and the way from the target's coordinates to its pixels'. */
function seenAt(
  target: Raster,
  window: Rectangle,
  size: number,
): { readonly reference: Raster; readonly toGrid: Matrix } {
  const { width, height }: Size =
    size < Math.max(window.width, window.height) ? sizeWithin(window, size) : window;
  const toGrid = toWorkingGrid(window, { width, height });
  if (width === window.width && height === window.height) return { reference: crop(target, window), toGrid };
  return { reference: warp(target, toGrid, { x: 0, y: 0, width, height }, catmullRom), toGrid };
}
