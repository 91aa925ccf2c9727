import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { pixelsPerUnit } from '../../src-shared/model/coordinates.ts';
import type { GradientField } from '../../src-shared/model/field.ts';
import type { FusionMode } from '../../src-shared/model/fusion.ts';
import type { Placement } from '../../src-shared/model/image.ts';
import type { Mask } from '../../src-shared/model/mask.ts';
import { assertAlpha } from './average.ts';
import { landingBox } from './landing-box.ts';
import { luminanceOf, withChannels } from './channels.ts';

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
export function fuse({
  target,
  source,
  sourcePixelsPerUnit = pixelsPerUnit(source),
  mask,
  placement,
  mode,
  alpha,
}: Fusion): FusedField {
  if (target.operator !== 'staggered' || source.operator !== 'staggered') {
    throw new SeamfieldError(
      'bad-option',
      'Fields are fused under a mask on the staggered grid; choose the staggered operator.',
    );
  }
  assertAlpha(alpha);
  landingBox(target, source, mask, placement);
  const { width, height, channels } = target;
  const rescale = pixelsPerUnit(target) / sourcePixelsPerUnit;
  const adapt = (values: Float64Array): Float64Array =>
    mode === 'monochrome'
      ? withChannels(luminanceOf(values, source.channels), 1, channels)
      : withChannels(values, source.channels, channels);
  const sourceX = adapt(source.dx);
  const sourceY = adapt(source.dy);
  const share = mode === 'average' ? alpha : 1;
  const dx = target.dx.slice();
  const dy = target.dy.slice();
  const inside = new Uint8Array(width * height);

  const left = Math.max(0, placement.x);
  const right = Math.min(width, placement.x + source.width);
  const bottom = Math.min(height, placement.y + source.height);
  for (let y = Math.max(0, placement.y); y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = y * width + x;
      const j = (y - placement.y) * source.width + x - placement.x;
      const hasEast = x + 1 < right;
      const hasSouth = y + 1 < bottom;
      const here = mask.data[j]!;
      if (here > 0) inside[i] = 1;
      const east = hasEast ? Math.max(here, mask.data[j + 1]!) : 0;
      const south = hasSouth ? Math.max(here, mask.data[j + source.width]!) : 0;
      if (!(east > 0 || south > 0)) continue;
      if (mode === 'mixed') {
        const own =
          (hasEast ? energy(target.dx, i, channels) : 0) + (hasSouth ? energy(target.dy, i, channels) : 0);
        const others =
          (hasEast ? energy(sourceX, j, channels) : 0) + (hasSouth ? energy(sourceY, j, channels) : 0);
        if (others * rescale * rescale <= own) continue;
      }
      for (let c = 0; c < channels; c++) {
        const to = c * width * height + i;
        const from = c * source.width * source.height + j;
        if (east > 0) dx[to] = mix(dx[to]!, sourceX[from]! * rescale, east * share);
        if (south > 0) dy[to] = mix(dy[to]!, sourceY[from]! * rescale, south * share);
      }
    }
  }
  return { field: { kind: 'gradient', operator: 'staggered', width, height, channels, dx, dy }, inside };
}

/** Σ over channels of the squared values at one pixel of size-of-plane planes. */
function energy(planar: Float64Array, pixel: number, channels: number): number {
  const size = planar.length / channels;
  let sum = 0;
  for (let i = pixel; i < planar.length; i += size) sum += planar[i]! * planar[i]!;
  return sum;
}

/** From a to b by weight, exactly a where they are equal or the weight is 0, exactly b where it is 1. */
function mix(a: number, b: number, weight: number): number {
  return weight === 1 ? b : a + weight * (b - a);
}
