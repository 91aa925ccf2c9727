import type { BatchShape, Engine, Hyper } from '../../siren/engine.ts';
import { initialise } from '../../siren/initialise.ts';
import type { Optimiser } from '../../siren/step.ts';
import type { SirenSpec } from '../../../src-shared/model/training.ts';
import { fillBatches } from '../trial.ts';

/** A job's network and its costliest batch: what its speed depends on. */
export interface Course {
  readonly spec: SirenSpec;
  readonly optimiser: Optimiser;
  readonly shape: BatchShape;
}

/** Jobs of the same course have the same name. */
export function courseName({ spec, optimiser, shape }: Course): string {
  const { channels, hidden, layers } = spec;
  const { value, directional, laplacian } = shape;
  return `${channels}×${hidden}×${layers} ${optimiser} ${value}+${directional}+${laplacian}`;
}

const RACE_SECONDS = 0.25;

/** Rates at which the network stays where it is. */
const still: Hyper = {
  muonRate: 0,
  firstRate: 0,
  hiddenRate: 0,
  outputRate: 0,
  clip: 1,
  valueWeight: 1,
  directionalWeight: 0.1,
  laplacianWeight: 0.1,
};

/** Steps a second of an engine on a course, its compilation and first step aside; a quarter of a second, or one run. */
export async function stepRate(engine: Engine, course: Course, seconds = RACE_SECONDS): Promise<number> {
  const { spec, optimiser, shape } = course;
  const training = await engine.train(spec, optimiser, initialise(spec, 0));
  try {
    const program = await training.program(shape);
    fillBatches(program, 0);
    const begun = performance.now();
    await program.run([still]);
    // Where one step takes longer than the race, a run of several would only make everybody wait.
    const isSlow = performance.now() - begun > 1000 * seconds;
    const hypers = isSlow ? [still] : program.batches.map(() => still);
    if (!isSlow) await program.run(hypers);
    const from = performance.now();
    let steps = 0;
    let elapsed = 0;
    while (elapsed < seconds) {
      steps += (await program.run(hypers)).length;
      elapsed = (performance.now() - from) / 1000;
    }
    return steps / elapsed;
  } finally {
    await training.dispose();
  }
}
