import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { throwIfAborted } from '../abort.ts';
import { CoarseLevel } from './coarse-level.ts';
import type { Domain } from './domain.ts';
import { FineLevel } from './fine-level.ts';
import { coarsen } from './galerkin.ts';
import { interpolationOf } from './interpolation.ts';
import { ABSENT, fivePointStencils } from './stencils.ts';

/** When the solver stops. */
export interface StoppingRule {
  /** The norm of the residual over the norm of the right-hand side. */
  readonly tolerance: number;
  /** More cycles than this are a failure. */
  readonly maxCycles: number;
}

export const defaultStoppingRule: StoppingRule = { tolerance: 1e-8, maxCycles: 200 };

/**
 * −Δv = b on the unknowns of a domain, v = 0 on its other pixels, no flux across its free sides; Δ in pixels.
 *
 * Multigrid: a red-black V-cycle on the pixels, whose coarse operators are Galerkin products, so that it converges for
 * any region: holes, pieces, single pixels, regions along edges. Some unknown of each piece must have a pixel
 * that is none beside it, which only a region that fills an image free on all sides fails.
 *
 * `rightHandSides` are planes [height, width] of the domain, each replaced by v before the next is asked for.
 *
 * @throws SeamfieldError `cancelled`, or `internal` where the residual is not reached within `maxCycles`.
 */
export function solveRegion(
  signal: AbortSignal,
  domain: Domain,
  rightHandSides: Iterable<Float64Array>,
  { tolerance, maxCycles }: StoppingRule = defaultStoppingRule,
): void {
  const { fine, coarse } = buildLevels(domain);
  for (const plane of rightHandSides) {
    const target = tolerance * fine.load(plane);
    let residual = fine.pass(undefined);
    for (let cycle = 0; residual > target; cycle++) {
      throwIfAborted(signal);
      if (cycle === maxCycles) {
        throw new SeamfieldError(
          'internal',
          `The Poisson equation of the region was not solved within ${maxCycles} cycles; please report this mask.`,
          { residual, target },
        );
      }
      const first = coarse[0];
      if (first !== undefined) {
        first.receive(fine);
        descend(coarse, 0);
      }
      residual = fine.pass(first);
    }
    fine.store(plane);
  }
}

/** The pixels, and coarser and coarser grids down to a single unknown, or until none is left. */
function buildLevels(domain: Domain): { readonly fine: FineLevel; readonly coarse: readonly CoarseLevel[] } {
  let stencils = fivePointStencils(domain);
  let interpolation = interpolationOf(stencils);
  const fine = new FineLevel(stencils, interpolation);
  const coarse: CoarseLevel[] = [];
  while (stencils.width > 1 || stencils.height > 1) {
    stencils = coarsen(stencils, interpolation);
    if (stencils.kind.every((kind) => kind === ABSENT)) break;
    interpolation = interpolationOf(stencils);
    coarse.push(new CoarseLevel(stencils, interpolation));
  }
  return { fine, coarse };
}

/** One V-cycle for the right-hand side that level `depth` has received. */
function descend(levels: readonly CoarseLevel[], depth: number): void {
  const level = levels[depth]!;
  const coarser = levels[depth + 1];
  level.relax();
  if (coarser !== undefined) {
    level.computeResidual();
    coarser.receive(level);
    descend(levels, depth + 1);
    level.correct(coarser);
  }
  level.relax();
}
