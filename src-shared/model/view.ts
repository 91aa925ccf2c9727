/**
 * What of an image is looked at. Raw values, before any colour map:
 *
 * - `value`: the image itself, nominally 0…1.
 * - `dx`, `dy`: first derivatives, image values per unit of the coordinate domain.
 * - `magnitude`: √(dx²+dy²) per channel, ≥ 0, same unit.
 * - `direction`: atan2(dy, dx) in radians, (-π, π], of the channels' summed gradient; one channel.
 * - `laplacian`: second derivative, image values per squared unit of the domain.
 */
export const views = ['value', 'dx', 'dy', 'magnitude', 'direction', 'laplacian'] as const;
export type View = (typeof views)[number];
