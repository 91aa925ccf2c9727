import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Steps } from '../steps.ts';
import { CoarseLevel } from './coarse-level.ts';
import { Acceleration } from './acceleration.ts';
import type { Domain } from './domain.ts';
import { FineLevel } from './fine-level.ts';
import { coarsen } from './galerkin.ts';
import type { Grid } from './grid.ts';
import { interpolationOf } from './interpolation.ts';
import { withRegionMemory } from './region-loops.ts';
import { ABSENT, fivePointStencils } from './stencils.ts';

/** When the solver stops. */
export interface StoppingRule {
  /** The norm of the residual over the norm of the right-hand side. */
  readonly tolerance: number;
  /** More cycles than this are a failure. */
  readonly maxCycles: number;
}

const defaultStoppingRule: StoppingRule = { tolerance: 1e-8, maxCycles: 200 };

/** A cycle that leaves more of the residual is worth being helped; one of an open region leaves a tenth of it. */
const SLOW = 0.3;

/**
 * −Δv = b on the unknowns of a domain, v = 0 on its other pixels, no flux across its free sides; Δ in pixels.
 *
 * Multigrid: a red-black V-cycle on the pixels, whose coarse operators are Galerkin products, so that it converges for
 * any region: holes, pieces, single pixels, regions along edges. Some unknown of each piece must have a pixel
 * that is none beside it, which only a region that fills an image free on all sides fails.
 *
 * `rightHandSides` are planes [height, width] of the domain, each replaced by v before the next is asked for.
 *
 * A step is a cycle. @throws SeamfieldError `internal` where the residual is not reached within `maxCycles`.
 */
export function* solveRegion(
  domain: Domain,
  rightHandSides: Iterable<Float64Array>,
  stoppingRule: StoppingRule = defaultStoppingRule,
): Steps<void> {
  const [pixels, ...coarser] = gridsOf(domain);
  const bytes = coarser.reduce((sum, grid) => sum + CoarseLevel.bytesFor(grid), FineLevel.bytesFor(pixels));
  yield;
  yield* withRegionMemory(bytes, function* (memory) {
    const fine = new FineLevel(pixels, memory);
    const coarse = coarser.map((grid) => new CoarseLevel(grid, memory));
    for (const plane of rightHandSides) yield* solvePlane(fine, coarse, plane, stoppingRule);
  });
}

function* solvePlane(
  fine: FineLevel,
  coarse: readonly CoarseLevel[],
  plane: Float64Array,
  { tolerance, maxCycles }: StoppingRule,
): Steps<void> {
  const target = tolerance * fine.load(plane);
  let residual = fine.pass(coarse[0], false);
  let acceleration: Acceleration | undefined;
  for (let cycle = 0; residual > target; cycle++) {
    yield;
    if (cycle === maxCycles) {
      throw new SeamfieldError(
        'internal',
        `The Poisson equation of the region was not solved within ${maxCycles} cycles; please report this mask.`,
        { residual, target },
      );
    }
    const before = residual;
    acceleration?.mark();
    descend(coarse, 0);
    residual = fine.pass(coarse[0], true);
    if (residual > target && acceleration !== undefined) {
      acceleration.improve();
      fine.follow(coarse[0]);
    } else if (residual > SLOW * before) acceleration = new Acceleration(fine);
  }
  fine.store(plane);
}

/** The pixels, and coarser and coarser grids down to a single unknown, or until none is left. */
function gridsOf(domain: Domain): [Grid, ...Grid[]] {
  let stencils = fivePointStencils(domain);
  const grids: [Grid, ...Grid[]] = [{ stencils, interpolation: interpolationOf(stencils) }];
  while (stencils.width > 1 || stencils.height > 1) {
    stencils = coarsen(stencils, grids[grids.length - 1]!.interpolation);
    if (stencils.kind.every((kind) => kind === ABSENT)) break;
    grids.push({ stencils, interpolation: interpolationOf(stencils) });
  }
  return grids;
}

/** One V-cycle from level `depth` down, for the right-hand side that it has been given. */
function descend(levels: readonly CoarseLevel[], depth: number): void {
  const level = levels[depth];
  if (level === undefined) return;
  const coarser = levels[depth + 1];
  level.begin(coarser);
  descend(levels, depth + 1);
  level.finish(coarser);
}
