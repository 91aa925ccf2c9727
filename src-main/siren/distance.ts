import type { SirenSpec } from '../../src-shared/model/training.ts';
import type { Engine } from './engine.ts';
import type { Parameters } from './spec.ts';
import type { Supervision } from './supervision.ts';

/** Points to a run, so that messages get through between. */
const POINTS = 8192;
/** More points than these say nothing more. */
const MOST = 2 ** 16;

/**
 * Mean |Φ - u|² between a network in training units and the guidance field's Poisson solution, each channel's free
 * constant removed: what PSNR against the exact solution is made of.
 */
export async function distance(
  engine: Engine,
  spec: SirenSpec,
  parameters: Parameters,
  { sets, channels }: Supervision,
): Promise<number> {
  const { count, write } = sets.value;
  const stride = Math.max(1, Math.ceil(count / MOST));
  const total = Math.ceil(count / stride);
  const sums = new Float64Array(channels);
  let squares = 0;
  for (let from = 0; from < total; from += POINTS) {
    const rows = Math.min(POINTS, total - from);
    const samples = {
      points: new Float32Array(2 * rows),
      direction: new Float32Array(2 * rows),
      target: new Float32Array(channels * rows),
      weight: new Float32Array(rows),
    };
    for (let row = 0; row < rows; row++) write((from + row) * stride, samples, row);
    const { value } = await engine.evaluate(spec, parameters, samples.points, 0);
    value.forEach((phi, i) => {
      const off = phi - samples.target[i]!;
      squares += off * off;
      sums[i % channels]! += off;
    });
  }
  const constants = sums.reduce((sum, s) => sum + s * s, 0) / total;
  return (squares - constants) / (total * channels);
}
