/**
 * The test that a provider has to pass before it is offered: two training steps and an evaluation against the CPU's.
 */
import type { Engine, Hyper } from '../../siren/engine.ts';
import { initialise } from '../../siren/initialise.ts';
import { sampleKinds } from '../../siren/loss-gradient.ts';
import { relativeError } from '../../siren/relative-error.ts';
import { drift, trained } from '../trial.ts';
import type { Trial } from '../trial.ts';

/**
 * WebGPU promises sine and cosine to 2⁻¹¹ only, which is 1e-3 in a loss term and 1e-2 in what an optimiser that divides by
 * the gradient's size makes of small gradients. A wrong operator is out by 1.
 */
export const tolerance = { learned: 0.05, value: 5e-3 } as const;

const hyper: Hyper = {
  muonRate: 0.02,
  firstRate: 0.1,
  hiddenRate: 0.01,
  outputRate: 0.001,
  clip: 10,
  valueWeight: 1,
  directionalWeight: 1e-2,
  laplacianWeight: 1e-4,
};

/** Every kind of sample, both optimisers, rows enough for slabs, angles well beyond ±π. */
const trial: Trial = {
  spec: { channels: 3, hidden: 32, layers: 2, omega: 30 },
  optimiser: 'muon',
  shape: { value: 512, directional: 512, laplacian: 512 },
  hyper,
  steps: 2,
};

/** @returns what is wrong with the engine's arithmetic, undefined where nothing is. Throws what the engine throws. */
export async function selfCheck(engine: Engine, cpu: Engine): Promise<string | undefined> {
  const { spec } = trial;
  const [got, truth] = [await trained(engine, trial), await trained(cpu, trial)];
  const start = initialise(spec, 5);
  const within = (error: number, bound: number, what: string) =>
    error <= bound ? undefined : `${what} is ${error.toPrecision(2)} from the CPU's, more than ${bound}`;
  const findings = [
    within(drift(got.first, truth.first, start), tolerance.learned, 'what one training step learned'),
    within(drift(got.last, truth.last, start), tolerance.learned, 'what two training steps learned'),
    ...sampleKinds.map((kind) => {
      const of = (terms: typeof got.terms) => terms.map((term) => term[kind]);
      return within(relativeError(of(got.terms), of(truth.terms)), tolerance.value, `the ${kind} loss`);
    }),
  ];
  const points = Float32Array.from({ length: 128 }, (_, i) => Math.sin(12.9898 * i));
  const [here, there] = [
    await engine.evaluate(spec, truth.last, points, 2),
    await cpu.evaluate(spec, truth.last, points, 2),
  ];
  for (const key of ['value', 'dx', 'dy', 'laplacian'] as const) {
    findings.push(within(relativeError(here[key]!, there[key]!), tolerance.value, `the network's ${key}`));
  }
  return findings.find((finding) => finding !== undefined);
}
