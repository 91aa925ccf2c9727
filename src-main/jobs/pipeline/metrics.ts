import type { Metrics } from '../../../src-shared/model/metrics.ts';
import { derivativesOf } from '../../fields/index.ts';
import { defined } from '../defined.ts';
import { evaluateOn, pixelGrid } from './network.ts';
import type { Network } from './network.ts';
import type { Problem } from './problem.ts';
import { psnrOf, rangeOf } from './psnr.ts';
import { relativeResidual } from './residual.ts';

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
 */
export function exactPsnr(
  { patch, reference }: Problem,
  values: ArrayLike<number>,
  exact: Float64Array,
): number | undefined {
  const options = patch === undefined ? { removeOffset: true } : { where: patch.inside };
  return psnrOf(values, exact, reference.channels, options);
}

/**
 * How good a network is, measured from its analytic derivatives.
 *
 * Derivatives are compared at pixel centres with those of the photograph by the training's own operator
 * (`derivativesOf`), dx and dy as one picture, the peak being the range of the photograph's.
 */
export async function networkFigures(
  signal: AbortSignal,
  network: Network,
  problem: Problem,
  exact: Float64Array,
): Promise<Figures> {
  const { reference, guidance, referenceIsTruth } = problem;
  const found = await evaluateOn(signal, network, pixelGrid(problem), 2);
  const truth = referenceIsTruth ? derivativesOf(reference, guidance.field.operator) : undefined;
  return defined({
    psnr: truthPsnr(problem, found.value),
    exactPsnr: exactPsnr(problem, found.value, exact),
    gradientPsnr: truth && gradientPsnr(found.dx!, found.dy!, truth, reference.channels),
    laplacianPsnr:
      truth &&
      psnrOf(found.laplacian!, truth.laplacian, reference.channels, { peak: rangeOf(truth.laplacian) }),
    residual: await relativeResidual(signal, network, guidance),
  });
}

function gradientPsnr(
  dx: Float32Array,
  dy: Float32Array,
  truth: { readonly dx: Float64Array; readonly dy: Float64Array },
  channels: number,
): number | undefined {
  const both = <T extends Float32Array | Float64Array>(x: T, y: T) => Float64Array.from([...x, ...y]);
  // Each of dx's planes and each of dy's counts as a channel of one picture.
  return psnrOf(both(dx, dy), both(truth.dx, truth.dy), 2 * channels, { peak: rangeOf(truth.dx, truth.dy) });
}
