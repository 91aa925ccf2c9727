import type { Supervision } from './field.ts';
import { views, type View } from './view.ts';

/**
 * What of a job can be looked at, all at the size the network sees.
 *
 * - `photograph`: the image as the job sees it: the photograph, the plain blend of two, or a clone's target.
 * - `first`, `second`: fuse: each of the two photographs by itself, as the job sees it.
 * - `source`: clone: what is cloned, opaque wherever the mask is above 0, on the target.
 * - `paste`: clone: the naive paste, the source's pixels as opaque as the mask is inside.
 * - `exact`: the Poisson solution of the guidance field; never the network's result.
 * - `network`: Φ with its free constant, derivatives analytic, at pixel centres.
 * - `guidance`: the field the network is trained on, each sample at the pixel it belongs to (on the staggered grid:
 *   the pixel left of it, or above).
 * - `residual`: Φ's analytic derivative less the guidance field's sample, taken exactly where that stands.
 */
export const aspects = [
  'photograph',
  'first',
  'second',
  'source',
  'paste',
  'exact',
  'network',
  'guidance',
  'residual',
] as const;
export type Aspect = (typeof aspects)[number];

const ofGradients: readonly View[] = ['dx', 'dy', 'magnitude', 'direction'];

/** The views an aspect has: a field has no value, and only the derivatives that supervise. */
export function viewsOf(aspect: Aspect, supervision: Supervision): readonly View[] {
  if (aspect !== 'guidance' && aspect !== 'residual') return views;
  return supervision === 'gradient' ? ofGradients : ['laplacian'];
}

/** The aspects that a job of a kind has. */
export function aspectsOf(kind: 'reconstruct' | 'fuse' | 'clone'): readonly Aspect[] {
  const isOthers = (name: Aspect) =>
    ((name === 'source' || name === 'paste') && kind !== 'clone') ||
    ((name === 'first' || name === 'second') && kind !== 'fuse');
  return aspects.filter((name) => !isOthers(name));
}
