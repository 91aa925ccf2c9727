import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { GuidanceField } from '../../../src-shared/model/field.ts';
import { atOnce, type Steps } from '../steps.ts';
import type { StoppingRule } from '../region/solve-region.ts';
import { cloneSolution } from './clone-solution.ts';
import { fivePointSolution } from './five-point-solution.ts';
import { spectralGradientSolution, spectralLaplacianSolution } from './spectral-solution.ts';
import { staggeredSolution } from './staggered-solution.ts';

/**
 * The discrete Poisson solution of a guidance field in float64: planar [channels, height, width], in image values.
 * Samples' weights take no part in it.
 *
 * `stoppingRule` is that of a region's solver; a field without a seam needs none.
 *
 * The free constant of each channel is chosen so that its mean is 0; for a clone, so that the target's is (the
 * solution outside the seam is then the target less its mean over the field's whole rectangle).
 *
 * @throws SeamfieldError `cancelled` where the signal is aborted; `bad-option` for a seam around a field that is not a
 * staggered gradient; `internal` where the solver for a region misses its residual.
 */
export function exactSolution(
  signal: AbortSignal,
  guidance: GuidanceField,
  stoppingRule?: StoppingRule,
): Float64Array {
  return atOnce(signal, exactSteps(guidance, stoppingRule));
}

/** The same in steps of some milliseconds, for whoever must listen between them. */
export function* exactSteps(
  { field, seam }: GuidanceField,
  stoppingRule?: StoppingRule,
): Steps<Float64Array> {
  if (seam !== undefined) {
    if (field.kind === 'gradient' && field.operator === 'staggered') {
      return yield* cloneSolution(field, seam, stoppingRule);
    }
    throw new SeamfieldError(
      'bad-option',
      `A clone is solved from a staggered gradient field, not from ${field.operator} ${field.kind}s; choose the staggered operator.`,
      { operator: field.operator, kind: field.kind },
    );
  }
  if (field.kind === 'laplacian') {
    return field.operator === 'spectral' ? spectralLaplacianSolution(field) : fivePointSolution(field);
  }
  return field.operator === 'staggered' ? yield* staggeredSolution(field) : spectralGradientSolution(field);
}
