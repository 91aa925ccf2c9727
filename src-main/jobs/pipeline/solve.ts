import { defaultLoss } from '../../../src-shared/model/training.ts';
import type { Size } from '../../../src-shared/model/image.ts';
import type { Metrics } from '../../../src-shared/model/metrics.ts';
import { exactSolution } from '../../fields/index.ts';
import { openEngine } from '../../engines/open.ts';
import { defaultsFor } from '../../siren/defaults.ts';
import { rescaled } from '../../siren/model.ts';
import { scheduleFor } from '../../siren/schedule.ts';
import { parameterCount } from '../../siren/spec.ts';
import { train } from '../../siren/trainer.ts';
import type { PoissonSolver, TrainingHooks, TrainingRequest } from '../../siren/training.ts';
import { defined } from '../defined.ts';
import type { TrainingTask } from '../tasks.ts';
import { addConstant, freeConstant, withConstant } from './measures/constant.ts';
import { machineInWords } from '../machine.ts';
import { engineChoice, threadsFor } from './engine-choice.ts';
import { networkFigures, truthPsnr } from './measures/metrics.ts';
import { evaluateOn, pixelGrid } from './network.ts';
import type { Network } from './network.ts';
import type { Problem } from './problem.ts';
import type { FinishedSubject, Trained } from './subject.ts';

/** Told of the network in training: how to evaluate it, and the exact solution it is measured against. */
export type HooksFor = (engine: Network['engine'], spec: Network['spec']) => TrainingHooks;

/** The exact solution in place of a network. */
export function solveExactly(signal: AbortSignal, problem: Problem): FinishedSubject {
  const begun = performance.now();
  const exact = exactSolution(signal, problem.guidance);
  addConstant(exact, freeConstant(problem.reference.data, exact, problem.reference.channels, problem.anchor));
  const seconds = (performance.now() - begun) / 1000;
  const metrics = defined({ psnr: truthPsnr(problem, exact), seconds, ...resultSize(problem) });
  return { problem, exact, metrics };
}

/**
 * Trains a network on the problem's guidance field and nothing else, then folds in the free constant and measures.
 *
 * `going`: on from where, see TrainingRequest. `onExact` is handed the exact solution, its constant added, as soon as it is known. Throws what `train` throws, and `unknown-engine`, `unknown-provider`.
 */
export async function solveByNetwork(
  signal: AbortSignal,
  problem: Problem,
  task: TrainingTask,
  hooksFor: HooksFor,
  onExact: (exact: Float64Array) => void,
  going: Pick<TrainingRequest, 'resume' | 'leg'> = {},
): Promise<FinishedSubject> {
  const { guidance, reference, width, height } = problem;
  const { loss = defaultLoss, seed = 0, budget } = task;
  const { channels, kind: supervision, operator } = guidance.field;
  const defaults = defaultsFor({ size: problem, channels, supervision, loss, budget });
  const { hidden, layers, omega } = task;
  // What nobody said is the default of the day on which the training began.
  const { resume } = going;
  const spec = { ...(resume?.spec ?? defaults.spec), channels, ...defined({ hidden, layers, omega }) };
  const optimiser = resume?.optimiser ?? defaults.optimiser;
  const { phases } = scheduleFor(loss, supervision, optimiser, width * height);
  const course = { spec, optimiser, shape: phases[phases.length - 1]!.shape };
  const threads = threadsFor(problem, task.threads);
  const engine = await openEngine({ ...engineChoice({ ...task, threads }), course });
  const solve: PoissonSolver = (...args) => {
    const integrated = exactSolution(...args);
    onExact(withFreeConstant(problem, integrated));
    return integrated;
  };
  const request = {
    guidance,
    spec,
    loss,
    optimiser,
    budget,
    seed,
    engine,
    solve,
    machine: machineInWords(),
    ...going,
  };
  const outcome = await train(signal, request, hooksFor(engine, spec));

  const untold = { engine, spec, parameters: outcome.parameters, size: { width, height } };
  const { value } = await evaluateOn(signal, untold, pixelGrid(problem), 0);
  const constant = freeConstant(reference.data, value, channels, problem.anchor);
  const parameters = rescaled(outcome.parameters, 1, constant);
  const { encoding } = problem;
  const model = { spec, parameters, size: { width, height }, operator, supervision, encoding, constant };
  const trained: Trained = { ...untold, parameters, model };
  const exact = withFreeConstant(problem, outcome.exact);
  const { steps, seconds, stepsPerSecond, gflops, lossCurve } = outcome;
  const metrics: Metrics = {
    ...(await networkFigures(signal, trained, problem, withConstant(value, constant), exact)),
    seconds,
    steps,
    stepsPerSecond,
    gflops,
    ...(outcome.roundsProducts !== undefined && { products: outcome.roundsProducts ? '8-bit' : 'float32' }),
    loss: outcome.loss,
    lossCurve,
    ...resultSize(problem),
    parameters: parameterCount(spec),
    ...outcome.trainedBy,
    seed,
  };
  return { problem, exact, trained, metrics };
}

/** Of the picture that is written: a clone's is its whole target. */
function resultSize({ width, height, place }: Problem): Size {
  return place === undefined ? { width, height } : { width: place.target.width, height: place.target.height };
}

function withFreeConstant({ reference, anchor }: Problem, integrated: Float64Array): Float64Array {
  return withConstant(integrated, freeConstant(reference.data, integrated, reference.channels, anchor));
}
