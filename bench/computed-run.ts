import { OrtEngine } from '../src-main/engines/ort-engine.ts';
import { exactSolution } from '../src-main/fields/index.ts';
import { freeConstant, withConstant } from '../src-main/jobs/pipeline/measures/constant.ts';
import { networkFigures } from '../src-main/jobs/pipeline/measures/metrics.ts';
import { evaluateOn, pixelGrid } from '../src-main/jobs/pipeline/network.ts';
import { reconstruct } from '../src-main/jobs/pipeline/reconstruct.ts';
import { defaultsFor } from '../src-main/siren/defaults.ts';
import type { Engine, Training } from '../src-main/siren/engine.ts';
import { scheduleFor } from '../src-main/siren/schedule.ts';
import type { Schedule } from '../src-main/siren/schedule.ts';
import { supervisionOf } from '../src-main/siren/supervision.ts';
import { train } from '../src-main/siren/trainer.ts';
import type { Supervision } from '../src-shared/model/field.ts';
import type { Loss, SirenSpec } from '../src-shared/model/training.ts';
import { sample } from './seamfield.ts';

/** A training and what it may spend: arithmetic, not time, so that it comes to the same on any machine at any load. */
export interface ComputedRun {
  readonly picture: string;
  readonly size: number;
  readonly from: Supervision;
  readonly loss: Loss;
  /** Matrix-product arithmetic, in 1e9. */
  readonly gflop: number;
  readonly seed?: number;
  /** Over the defaults. */
  readonly spec?: Partial<SirenSpec>;
  /** What to make of the default schedule. */
  schedule?(schedule: Schedule): Schedule;
}

export interface ComputedFigures {
  readonly psnr: number;
  readonly residual: number;
  readonly steps: number;
}

/** Runs it on one thread. */
export async function computedRun(signal: AbortSignal, run: ComputedRun): Promise<ComputedFigures> {
  const { picture, size, from, loss, gflop, seed = 0, schedule: change = (schedule) => schedule } = run;
  const image = { path: sample(picture), name: picture };
  const problem = await reconstruct(signal, { kind: 'reconstruct', image, from, size, budget: { steps: 1 } });
  const { guidance, reference } = problem;
  const { channels } = reference;
  const { spec: usual, optimiser } = defaultsFor({ size: problem, channels, supervision: from, loss });
  const spec = { ...usual, ...run.spec };
  const { unit } = supervisionOf(guidance, exactSolution(signal, guidance));
  const schedule = change(scheduleFor(loss, from, optimiser, problem.width * problem.height, unit));
  const engine = new OrtEngine(1);
  const counter = counted(engine);
  const outcome = await train(signal, {
    guidance,
    spec,
    loss,
    optimiser,
    schedule,
    seed,
    engine: counter.engine,
    solve: exactSolution,
    budget: { seconds: gflop },
    now: () => 1000 * counter.gflop(),
  });
  const network = { engine, spec, parameters: outcome.parameters, size: problem };
  const { value } = await evaluateOn(signal, network, pixelGrid(problem), 0);
  const values = withConstant(value, freeConstant(reference.data, value, channels));
  const exact = withConstant(outcome.exact, freeConstant(reference.data, outcome.exact, channels));
  const { psnr = Number.NaN, residual = Number.NaN } = await networkFigures(
    signal,
    network,
    problem,
    values,
    exact,
  );
  await engine.dispose();
  return { psnr, residual, steps: outcome.steps };
}

/** An engine that tells how much arithmetic its trainings have done. */
function counted(engine: Engine): { readonly engine: Engine; gflop(): number } {
  let flops = 0;
  const counting = (training: Training): Training => ({
    parameters: () => training.parameters(),
    restore: (parameters) => training.restore(parameters),
    state: () => training.state(),
    resume: (state) => training.resume(state),
    dispose: () => training.dispose(),
    async program(shape) {
      const program = await training.program(shape);
      return {
        batches: program.batches,
        flopsPerStep: program.flopsPerStep,
        run: async (hypers) => {
          const terms = await program.run(hypers);
          flops += program.flopsPerStep * terms.length;
          return terms;
        },
      };
    },
  });
  return {
    engine: {
      name: engine.name,
      provider: engine.provider,
      threads: engine.threads,
      train: async (...args) => counting(await engine.train(...args)),
      evaluate: (...args) => engine.evaluate(...args),
      dispose: () => engine.dispose(),
    },
    gflop: () => flops / 1e9,
  };
}
