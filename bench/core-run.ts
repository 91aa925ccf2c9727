import { OrtEngine } from '../src-main/engines/ort-engine.ts';
import { exactSolution } from '../src-main/fields/index.ts';
import { freeConstant, withConstant } from '../src-main/jobs/pipeline/measures/constant.ts';
import { networkFigures } from '../src-main/jobs/pipeline/measures/metrics.ts';
import { evaluateOn, pixelGrid } from '../src-main/jobs/pipeline/network.ts';
import { reconstruct } from '../src-main/jobs/pipeline/reconstruct.ts';
import { defaultsFor } from '../src-main/siren/defaults.ts';
import { scheduleFor } from '../src-main/siren/schedule.ts';
import type { Schedule } from '../src-main/siren/schedule.ts';
import { supervisionOf } from '../src-main/siren/supervision.ts';
import { train } from '../src-main/siren/trainer.ts';
import type { Supervision } from '../src-shared/model/field.ts';
import type { Loss, SirenSpec } from '../src-shared/model/training.ts';
import { sample } from './seamfield.ts';

/** A training and what it may spend: seconds of one core, so that whatever else the machine does counts little. */
export interface CoreRun {
  readonly picture: string;
  readonly size: number;
  readonly from: Supervision;
  readonly loss: Loss;
  /** Seconds of one core that the training itself may use. */
  readonly coreSeconds: number;
  readonly seed?: number;
  /** Over the defaults. */
  readonly spec?: Partial<SirenSpec>;
  /** What to make of the default schedule. */
  schedule?(schedule: Schedule): Schedule;
}

export interface CoreFigures {
  readonly psnr: number;
  readonly residual: number;
  readonly steps: number;
}

/** What this process has used of all cores, in ms. */
function coreClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs it on one thread. */
export async function coreRun(signal: AbortSignal, run: CoreRun): Promise<CoreFigures> {
  const { picture, size, from, loss, coreSeconds, seed = 0, schedule: change = (schedule) => schedule } = run;
  const image = { path: sample(picture), name: picture };
  const problem = await reconstruct(signal, { kind: 'reconstruct', image, from, size, budget: { steps: 1 } });
  const { guidance, reference } = problem;
  const { channels } = reference;
  const { spec: usual, optimiser } = defaultsFor({ size: problem, channels, supervision: from, loss });
  const spec = { ...usual, ...run.spec };
  const { unit } = supervisionOf(guidance, exactSolution(signal, guidance));
  const schedule = change(scheduleFor(loss, from, optimiser, problem.width * problem.height, unit));
  const engine = new OrtEngine(1);
  const outcome = await train(signal, {
    guidance,
    spec,
    loss,
    optimiser,
    schedule,
    seed,
    engine,
    solve: exactSolution,
    budget: { seconds: coreSeconds },
    now: coreClock,
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
