import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ColorEncoding } from '../../../../src-shared/model/image.ts';
import {
  fusedStrip,
  land,
  nothingLands,
  placedIn,
  ReducedClone,
  toWorkingGrid,
} from '../../../fields/index.ts';
import type { Layer, Rectangle } from '../../../fields/index.ts';
import { sizeWithin } from '../../../imaging/resample.ts';
import type { Samples } from '../../../imaging/samples.ts';
import { throwIfCancelled } from '../../../imaging/slices.ts';
import { pasteNaively } from './naive-paste.ts';
import type { Problem } from '../problem.ts';
import { ringAround, seamWeights } from './seam.ts';
import { partOf, rowsPerStrip } from './strips.ts';

/**
 * A clone's problem on a working grid, its longer side `size` pixels: the window's fused field, reduced, and what
 * carries the result back to the window's own pixels. Throws `nothing-to-clone`, `cancelled`.
 */
export async function reducedClone(
  signal: AbortSignal,
  target: Samples,
  layers: readonly Layer[],
  window: Rectangle,
  size: number,
  encoding: ColorEncoding,
): Promise<Problem> {
  const working = sizeWithin(window, size);
  const { width, height } = working;
  const ratio = Math.max(window.width / width, window.height / height);
  const placed = placedIn(window, layers, Math.ceil(4 * ratio));
  const reduced = new ReducedClone(window, working, target.channels < 3 ? 1 : 3, placed);
  const rows = rowsPerStrip(window);
  for (let from = 0; from < window.height; from += rows) {
    const to = Math.min(window.height, from + rows);
    reduced.add(fusedStrip(window, placed, from, to, partOf(target, encoding)), from, to);
    await nextTurn();
    throwIfCancelled(signal, 'Reducing the region');
  }
  const { carry, guidance } = reduced.finish();
  const { reference } = carry;
  const { inside } = guidance.seam;
  const toGrid = toWorkingGrid(window, working);
  const landed = layers.map((layer) => land(layer, working, toGrid)).filter((layer) => layer !== undefined);
  if (landed.length === 0) throw nothingLands();
  return {
    width,
    height,
    guidance: { ...guidance, weight: seamWeights(inside, working) },
    reference,
    referenceIsTruth: false,
    anchor: ringAround(inside, working),
    encoding,
    bitDepth: target.data instanceof Uint8Array ? 8 : 16,
    pasted: pasteNaively(
      reference,
      { x: 0, y: 0, width, height },
      landed.map(({ source, mask, placement: at }) => ({ source, mask, at })),
    ),
    place: { target, rectangle: window },
    carry,
    notes: [
      `The region of ${window.width}×${window.height} pixels is seen on ${width}×${height}; ` +
        'finer detail is carried over from the photographs.',
    ],
  };
}
