import type { SirenSpec } from '../../src-shared/model/training.ts';
import { Random } from './random.ts';
import { layerShapes } from './spec.ts';
import type { Parameters } from './spec.ts';

/** ω of every sine layer but the first (Sitzmann et al. 2020, section 3.2). */
export const OMEGA_HIDDEN = 30;

/**
 * SIREN's initialisation with ω folded in (Sitzmann et al. 2020, section 3.2 and supplement 1.5):
 * first layer W ~ ω₀·U(-1/2, 1/2), hidden W ~ U(-√(6/n), √(6/n)), output W ~ U(-√(6/n), √(6/n))/30,
 * biases as the reference implementation has them, U(-1/√n, 1/√n) times the layer's ω.
 */
export function initialise(spec: SirenSpec, seed: number): Parameters {
  const random = new Random(seed);
  const W: Float32Array[] = [];
  const b: Float32Array[] = [];
  layerShapes(spec).forEach(({ inputs, outputs }, k) => {
    const isFirst = k === 0;
    const isOutput = k === spec.layers;
    const omega = isFirst ? spec.omega : isOutput ? 1 : OMEGA_HIDDEN;
    const bound = omega * (isFirst ? 1 / inputs : Math.sqrt(6 / inputs) / OMEGA_HIDDEN);
    const biasBound = isOutput ? 0 : omega / Math.sqrt(inputs);
    W.push(Float32Array.from({ length: inputs * outputs }, () => random.uniform(-bound, bound)));
    b.push(Float32Array.from({ length: outputs }, () => random.uniform(-biasBound, biasBound)));
  });
  return { W, b };
}
