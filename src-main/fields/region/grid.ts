import type { Interpolation } from './interpolation.ts';
import type { Stencils } from './stencils.ts';

/** A grid of the hierarchy: its operator, and how its cells take their values from the next coarser one. */
export interface Grid {
  readonly stencils: Stencils;
  readonly interpolation: Interpolation;
}
