import type { GradientField } from '../../../src-shared/model/field.ts';
import { fusedOver } from '../clone-guidance.ts';
import type { LandedLayer } from '../landed-layer.ts';
import type { Raster, Rectangle } from '../raster.ts';
import { staggeredGradient } from '../staggered-gradient.ts';
import { laidOn, type PlacedLayer } from './placed-layer.ts';

/** A layer in a strip of a window. */
export interface LaidLayer {
  readonly placed: PlacedLayer;
  /** On the strip's pixels. */
  readonly landed: LandedLayer;
  /** [height, width] of the strip, 1 where the layer changed the field; only for `mixed`, which chooses by pixel. */
  readonly taken?: Uint8Array;
}

/** Some rows of a composition's window at full resolution, with a row more on each side as far as the window has one. */
export interface FusedStrip {
  /** The window's row that is its first. */
  readonly top: number;
  readonly target: Raster;
  /** Staggered, in units of the strip's own domain. */
  readonly field: GradientField;
  /** [height, width]; 1 in the region. */
  readonly inside: Uint8Array;
  /** From the bottom to the top. */
  readonly layers: readonly LaidLayer[];
}

/** The target's pixels under a rectangle of it. */
export type TargetPart = (rectangle: Rectangle) => Raster;

/** Rows `from` to `to` − 1 of the window, fused as `cloneGuidance` fuses the whole. */
export function fusedStrip(
  window: Rectangle,
  layers: readonly PlacedLayer[],
  from: number,
  to: number,
  targetPart: TargetPart,
): FusedStrip {
  const top = Math.max(0, from - 1);
  const height = Math.min(window.height, to + 1) - top;
  const { width } = window;
  const own = { x: 0, y: 0, width, height };
  const target = targetPart({ x: window.x, y: window.y + top, width, height });
  const inside = new Uint8Array(width * height);
  let field = staggeredGradient(target);
  const laid: LaidLayer[] = [];
  for (const placed of layers) {
    const landed = laidOn(placed, window, top, height);
    if (landed === undefined) continue;
    const fused = fusedOver(field, landed, own);
    if (fused === undefined) {
      laid.push({ placed, landed });
      continue;
    }
    laid.push({ placed, landed, ...(landed.mode === 'mixed' && { taken: changed(field, fused.field) }) });
    field = fused.field;
    for (let i = 0; i < inside.length; i++) inside[i]! |= fused.inside[i]!;
  }
  return { top, target, field, inside, layers: laid };
}

/** [height, width]; 1 where two fields differ at a pixel. */
function changed(before: GradientField, after: GradientField): Uint8Array {
  const { width, height, channels } = before;
  const plane = width * height;
  const marks = new Uint8Array(plane);
  for (let c = 0; c < channels; c++) {
    for (let i = 0, at = c * plane; i < plane; i++, at++) {
      if (before.dx[at] !== after.dx[at] || before.dy[at] !== after.dy[at]) marks[i] = 1;
    }
  }
  return marks;
}
