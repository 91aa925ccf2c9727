import type { ChannelCount, Size } from './image.ts';

/**
 * How derivatives are taken from pixels.
 *
 * - `staggered`: forward differences, standing at half pixels (dx at (i+½, j), dy at (i, j+½)); 5-point Laplacian.
 * - `spectral`: derivatives of the even (DCT) extension, at pixel centres.
 * - `sobel`: the paper's 3×3 Sobel at pixel centres, divided by 8; 5-point Laplacian. For comparison.
 */
export const operators = ['staggered', 'spectral', 'sobel'] as const;
export type Operator = (typeof operators)[number];

/** Which derivatives supervise the network. */
export const supervisions = ['gradient', 'laplacian'] as const;
export type Supervision = (typeof supervisions)[number];

/**
 * dx and dy of an image, planar [channels, height, width], in image values per unit of the coordinate
 * domain (a difference between neighbouring pixels times max(width, height)/2).
 *
 * On the `staggered` grid, dx[c, y, x] stands at (x+½, y) and the last column is 0 and means nothing;
 * dy[c, y, x] stands at (x, y+½) and the last row is 0 and means nothing.
 */
export interface GradientField extends Size {
  readonly kind: 'gradient';
  readonly operator: Operator;
  readonly channels: ChannelCount;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/**
 * The first derivatives along the image's border that leave a Laplacian field free by a constant only.
 *
 * `left` and `right` hold ∂/∂x, planar [channels, height]; `top` and `bottom` hold ∂/∂y, planar [channels, width].
 * They stand `inset` pixels inside the outermost pixel centres: ½ (between the outermost and the next pixel;
 * `staggered`, `sobel`) or -½ (at the image's edge; `spectral`). All are signed along +x or +y, not outward.
 */
export interface BorderGradient {
  readonly inset: 0.5 | -0.5;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
}

/**
 * The Laplacian of an image, planar [channels, height, width], in image values per squared unit of the domain.
 *
 * For the 5-point operators only interior pixels (`interiorSpan`) carry a value; the others are 0 and mean nothing.
 */
export interface LaplacianField extends Size {
  readonly kind: 'laplacian';
  readonly operator: Operator;
  readonly channels: ChannelCount;
  readonly laplacian: Float64Array;
  readonly border: BorderGradient;
}

/**
 * Which pixels of a side carry a 5-point Laplacian, as [first, end): all but the outermost. A side of fewer than 3 pixels
 * has all of them where the other is longer, whose second difference the Laplacian is then by itself.
 */
export function interiorSpan(length: number, otherLength: number): readonly [number, number] {
  if (length >= 3) return [1, length - 1];
  return otherLength >= 3 ? [0, length] : [0, 0];
}

export type DerivativeField = GradientField | LaplacianField;

/**
 * What surrounds a cloned region: where the field is free, and the target's own gradient everywhere.
 *
 * Outside `inside` the exact solution is the target up to one constant a channel, which its gradient determines;
 * the region is solved with those values on its seam, and freely (Neumann) where it meets the image's edge.
 */
export interface Seam {
  /** [height, width]; 1 where the solution is unknown, 0 where it is the target. */
  readonly inside: Uint8Array;
  readonly target: GradientField;
}

/**
 * What the network is trained on: derivatives and a weight for each sample, and nothing else.
 *
 * There is no way to put a pixel value in it, so none can reach the trainer.
 */
export interface GuidanceField {
  readonly field: DerivativeField;
  /** [height, width], ≥ 0, the weight of a pixel's derivative samples; all 1 where absent. */
  readonly weight?: Float32Array;
  /** Present for a clone. Only with a `staggered` gradient field. */
  readonly seam?: Seam;
}
