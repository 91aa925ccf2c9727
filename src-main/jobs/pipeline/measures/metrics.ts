import type { Metrics } from '../../../../src-shared/model/metrics.ts';
import { derivativesOf } from '../../../fields/index.ts';
import { defined } from '../../defined.ts';
import { evaluateOn, everyRow, pixelGrid, sampleAt } from '../network.ts';
import type { Network } from '../network.ts';
import type { Problem } from '../problem.ts';
import { psnrOf, rangeOf } from './psnr.ts';
import { relativeResidual, rowsApart } from '../views/residual.ts';

/** Those that have a meaning for the problem; the rest is absent. */
type Figures = Pick<Metrics, 'psnr' | 'exactPsnr' | 'gradientPsnr' | 'laplacianPsnr' | 'residual'>;

/** dB of values [channels, height, width] against the photograph, where the field's integral ought to be it. */
export function truthPsnr(
  { reference, referenceIsTruth }: Problem,
  values: ArrayLike<number>,
): number | undefined {
  return referenceIsTruth
    ? psnrOf(values, reference.data, reference.channels, { removeOffset: true })
    : undefined;
}

/**
 * dB against the exact solution: for a clone inside the mask as it stands, for the rest with each channel's constant
 * offset removed.
 *
 * @param inside where the values are, if not at all pixels
 */
export function exactPsnr(
  { guidance, reference }: Problem,
  values: ArrayLike<number>,
  exact: Float64Array,
  inside = guidance.seam?.inside,
): number | undefined {
  const options = inside === undefined ? { removeOffset: true } : { where: inside };
  return psnrOf(values, exact, reference.channels, options);
}

/**
 * How good a network is.
 *
 * Derivatives are analytic, and compared at pixel centres with those of the photograph by the training's own operator
 * (`derivativesOf`), dx and dy as one picture, the peak being the range of the photograph's. Of large pictures every
 * nth row, see `rowsApart`.
 *
 * @param values the network's at all pixels, planar [channels, height, width]
 */
export async function networkFigures(
  signal: AbortSignal,
  network: Network,
  problem: Problem,
  values: ArrayLike<number>,
  exact: Float64Array,
): Promise<Figures> {
  return defined({
    psnr: truthPsnr(problem, values),
    exactPsnr: exactPsnr(problem, values, exact),
    ...(problem.referenceIsTruth && (await derivativeFigures(signal, network, problem))),
    residual: await relativeResidual(signal, network, problem.guidance),
  });
}

async function derivativeFigures(
  signal: AbortSignal,
  network: Network,
  { reference, guidance, width, height }: Problem,
): Promise<Pick<Figures, 'gradientPsnr' | 'laplacianPsnr'>> {
  const { channels } = reference;
  const apart = rowsApart(width * height);
  const grid = everyRow(pixelGrid(reference), apart);
  const found = await evaluateOn(signal, network, grid, 2);
  const truth = derivativesOf(reference, guidance.field.operator);
  const rowsOf = (plane: Float64Array) => (apart === 1 ? plane : sampleAt(plane, reference, channels, grid));
  // Each of dx's planes and each of dy's counts as a channel of one picture.
  const gradient = [joined(found.dx!, found.dy!), joined(rowsOf(truth.dx), rowsOf(truth.dy))] as const;
  return defined({
    gradientPsnr: psnrOf(...gradient, 2 * channels, { peak: rangeOf(truth.dx, truth.dy) }),
    laplacianPsnr: psnrOf(found.laplacian!, rowsOf(truth.laplacian), channels, {
      peak: rangeOf(truth.laplacian),
    }),
  });
}

function joined(a: Float32Array | Float64Array, b: Float32Array | Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
