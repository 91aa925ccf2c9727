import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';
import type { Placement } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { assertAlpha } from './average.ts';
import { landingBox } from './landing-box.ts';
import { luminanceOf, withChannels } from './channels.ts';
import { rowsOf, type GradientRow, type GradientRows } from './gradient-rows.ts';

export interface Fusion {
  /** Of the target, staggered. */
  readonly target: GradientField;
  /** Of the source, staggered. */
  readonly source: GradientField;
  /** What the source's values count by: pixels per unit of its own domain, or of the one given here. */
  readonly sourcePixelsPerUnit?: number;
  /** Of the source's size. */
  readonly mask: Mask;
  readonly placement: Placement;
  readonly mode: FusionMode;
  /** The source's share in `average`, 0…1; other modes take no notice of it. */
  readonly alpha: number;
}

/** A fusion whose source's differences are taken row by row, so that they need never be stored. */
export interface RowFusion extends Omit<Fusion, 'source'> {
  readonly source: GradientRows;
  readonly sourcePixelsPerUnit: number;
  /** Of the mask's size: 1 where the source has a pixel, as a turned one has not everywhere. All where absent. */
  readonly covered?: Uint8Array;
}

export interface FusedField {
  /** On the target's grid, in its units. */
  readonly field: GradientField;
  /** [height, width] of the target; 1 where the mask is above 0. */
  readonly inside: Uint8Array;
}

/**
 * Two staggered gradient fields made one under a soft mask, the source's top-left corner at `placement` on the target.
 *
 * A difference belongs to the two pixels it lies between: its weight m is the larger of their mask values, so that each
 * difference at a pixel of the region takes the source's (Pérez et al. 2003), provided the source has both pixels.
 * The result is (1−m)·target + m·chosen; `chosen` is what the mode makes of the source, see `FusionMode`. `mixed`
 * compares, at each pixel, dx and dy of all channels together, those that both fields have.
 *
 * @throws SeamfieldError `empty-mask`, `nothing-to-clone` where the masked part of the source lies wholly outside the
 * target, `size-mismatch` where mask and source differ in size, `bad-option` for fields that are not staggered, a
 * placement between pixels, or α outside 0…1.
 */
export function fuse(fusion: Fusion): FusedField {
  const { target, source, sourcePixelsPerUnit = pixelsPerUnit(source) } = fusion;
  if (target.operator !== 'staggered' || source.operator !== 'staggered') {
    throw new SeamfieldError(
      'bad-option',
      'Fields are fused under a mask on the staggered grid; choose the staggered operator.',
    );
  }
  return fuseRows({ ...fusion, source: rowsOf(source), sourcePixelsPerUnit });
}

/** `fuse` for fields that are known to be staggered. */
export function fuseRows({
  target,
  source,
  sourcePixelsPerUnit,
  covered,
  mask,
  placement,
  mode,
  alpha,
}: RowFusion): FusedField {
  assertAlpha(alpha);
  landingBox(target, source, mask, placement);
  const { width, height, channels } = target;
  const rescale = pixelsPerUnit(target) / sourcePixelsPerUnit;
  const adapt = (values: Float64Array): Float64Array =>
    mode === 'monochrome'
      ? withChannels(luminanceOf(values, source.channels), 1, channels)
      : withChannels(values, source.channels, channels);
  const share = mode === 'average' ? alpha : 1;
  const dx = target.dx.slice();
  const dy = target.dy.slice();
  const inside = new Uint8Array(width * height);

  const left = Math.max(0, placement.x);
  const right = Math.min(width, placement.x + source.width);
  const bottom = Math.min(height, placement.y + source.height);
  const skipped = left - placement.x;
  const weights = { dx: new Float64Array(right - left), dy: new Float64Array(right - left) };
  for (let y = Math.max(0, placement.y); y < bottom; y++) {
    const first = y * width + left;
    const masked = (y - placement.y) * source.width + skipped;
    markPositive(mask.data, masked, right - left, inside, first);
    if (!weigh(mask, masked, y + 1 < bottom, weights)) continue;
    if (covered !== undefined) keepCovered(covered, masked, source.width, weights);
    const own = source.row(y - placement.y);
    const chosen = { dx: adapt(own.dx), dy: adapt(own.dy) };
    if (mode === 'mixed') keepStronger(target, first, chosen, skipped, rescale, y + 1 < bottom, weights);
    for (let c = 0; c < channels; c++) {
      const to = c * width * height + first;
      const from = c * source.width + skipped;
      blend(dx, to, chosen.dx, from, rescale, weights.dx, share);
      blend(dy, to, chosen.dy, from, rescale, weights.dy, share);
    }
  }
  return { field: { kind: 'gradient', operator: 'staggered', width, height, channels, dx, dy }, inside };
}

/** Marks where `count` values from index `from` on are above 0. */
function markPositive(
  values: Float32Array,
  from: number,
  count: number,
  marks: Uint8Array,
  to: number,
): void {
  for (let k = 0; k < count; k++) if (values[from + k]! > 0) marks[to + k] = 1;
}

/** Weighs a row's differences by the mask from its index `first` on. False where all weights are 0. */
function weigh({ data, width }: Mask, first: number, hasSouth: boolean, { dx, dy }: GradientRow): boolean {
  const last = dx.length - 1;
  let isTouched = false;
  for (let k = 0; k <= last; k++) {
    const here = data[first + k]!;
    const toEast = k < last ? larger(here, data[first + k + 1]!) : 0;
    const toSouth = hasSouth ? larger(here, data[first + k + width]!) : 0;
    dx[k] = toEast;
    dy[k] = toSouth;
    if (toEast > 0 || toSouth > 0) isTouched = true;
  }
  return isTouched;
}

/** For numbers as a mask holds them, several times as fast as Math.max, which asks about NaN and −0. */
function larger(a: number, b: number): number {
  return a > b ? a : b;
}

/** Takes the weight from the differences that the source has not both pixels of. */
function keepCovered(covered: Uint8Array, first: number, stride: number, { dx, dy }: GradientRow): void {
  for (let k = 0; k < dx.length; k++) {
    const here = covered[first + k] === 1;
    if (!here || covered[first + k + 1] !== 1) dx[k] = 0;
    if (!here || covered[first + k + stride] !== 1) dy[k] = 0;
  }
}

/** Takes the weight from the differences at the pixels of a row where the target's are at least as strong. */
function keepStronger(
  target: GradientField,
  first: number,
  chosen: GradientRow,
  skipped: number,
  rescale: number,
  hasSouth: boolean,
  weights: GradientRow,
): void {
  const { channels } = target;
  const last = weights.dx.length - 1;
  const strength = ({ dx, dy }: GradientRow, pixel: number, hasEast: boolean): number =>
    (hasEast ? energy(dx, pixel, channels) : 0) + (hasSouth ? energy(dy, pixel, channels) : 0);
  for (let k = 0; k <= last; k++) {
    const others = strength(chosen, skipped + k, k < last);
    if (others * rescale * rescale > strength(target, first + k, k < last)) continue;
    weights.dx[k] = 0;
    weights.dy[k] = 0;
  }
}

/** Moves values from index `to` on towards the others from `from` on: not at all by 0, all the way by 1. */
function blend(
  values: Float64Array,
  to: number,
  others: Float64Array,
  from: number,
  rescale: number,
  weights: Float64Array,
  share: number,
): void {
  const count = weights.length;
  for (let k = 0; k < count; k++) {
    const weight = weights[k]! * share;
    if (weight === 0) continue;
    // Most of a region lies in long stretches that take the source whole.
    if (weight === 1 && rescale === 1) {
      let end = k + 1;
      while (end < count && weights[end]! * share === 1) end++;
      values.set(others.subarray(from + k, from + end), to + k);
      k = end - 1;
      continue;
    }
    const own = values[to + k]!;
    const other = others[from + k]! * rescale;
    values[to + k] = weight === 1 ? other : own + weight * (other - own);
  }
}

/** Σ over channels of the squared values at one pixel of planar values. */
function energy(planar: Float64Array, pixel: number, channels: number): number {
  const size = planar.length / channels;
  let sum = 0;
  for (let i = pixel; i < planar.length; i += size) sum += planar[i]! * planar[i]!;
  return sum;
}
