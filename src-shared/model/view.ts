/**
 * What of an image is looked at. `magnitude` and `direction` are made of `dx` and `dy` where they are shown
 * (src-shared/view); all others are measured.
 */
export const views = ['value', 'dx', 'dy', 'magnitude', 'direction', 'laplacian'] as const;
export type View = (typeof views)[number];

/**
 * The views that are numbers of their own, one a pixel and channel:
 *
 * - `value`: the image itself, nominally 0…1.
 * - `dx`, `dy`: first derivatives, image values per unit of the coordinate domain.
 * - `laplacian`: second derivative, image values per squared unit of the domain.
 */
export const measuredViews = ['value', 'dx', 'dy', 'laplacian'] as const;
export type MeasuredView = (typeof measuredViews)[number];
