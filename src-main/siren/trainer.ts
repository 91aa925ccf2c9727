/**
 * Trains a SIREN on a guidance field: the loop around an engine's steps.
 *
 * The guidance field is all it is given of a photograph. The exact solution it uses for the `integrated` loss and for
 * scale is computed here from that field and nothing else.
 */
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Budget, LossPoint, Progress } from '../../src-shared/model/training.ts';
import { sampleKinds } from './loss-gradient.ts';
import type { SampleKind } from './loss-gradient.ts';
import type { BatchShape, Program, Training } from './engine.ts';
import { initialise } from './initialise.ts';
import { rescaled } from './model.ts';
import { Random } from './random.ts';
import { Sampler } from './sampler.ts';
import { hyperAt, phaseAt, scheduleFor, weightedLoss } from './schedule.ts';
import type { Phase, Schedule } from './schedule.ts';
import { checkSpec } from './spec.ts';
import type { Parameters } from './spec.ts';
import { supervisionOf } from './supervision.ts';
import type { Supervision } from './supervision.ts';
import type { TrainingHooks, TrainingOutcome, TrainingRequest } from './training.ts';
import { Watch } from './watch.ts';

/** Trainings give up after so many leaps of the loss; each halves the learning rate. */
const MAX_RECOVERIES = 8;

/** A clock that stands still while paused, and knows how much of the budget is spent. */
class Clock {
  private readonly started = performance.now();
  private idle = 0;
  steps = 0;

  constructor(private readonly budget: Budget) {}

  get seconds(): number {
    return (performance.now() - this.started - this.idle) / 1000;
  }

  get fraction(): number {
    return this.fractionAfter(0);
  }

  /** Share of the budget spent after `steps` more steps, as far as that can be known. */
  fractionAfter(steps: number): number {
    const { budget } = this;
    const spent = 'steps' in budget ? (this.steps + steps) / budget.steps : this.seconds / budget.seconds;
    return Math.min(1, spent);
  }

  get stepsLeft(): number {
    return 'steps' in this.budget ? this.budget.steps - this.steps : Infinity;
  }

  async pause(until: Promise<void>): Promise<void> {
    const from = performance.now();
    await until;
    this.idle += performance.now() - from;
  }

  progress(loss: number, learningRate: number): Progress {
    const { seconds, steps, fraction } = this;
    return {
      step: steps,
      fraction,
      loss,
      learningRate,
      stepsPerSecond: seconds > 0 ? steps / seconds : 0,
      secondsElapsed: seconds,
      secondsLeft: fraction > 0 ? (seconds * (1 - fraction)) / fraction : 0,
    };
  }
}

/** A phase's batch, no larger than there are samples; a field with none at all still says that the value is constant. */
function fitShape(phase: Phase, { sets }: Supervision): BatchShape {
  const fitted = (kind: SampleKind) => Math.min(phase.shape[kind], sets[kind].count);
  const shape = {
    value: fitted('value'),
    directional: fitted('directional'),
    laplacian: fitted('laplacian'),
  };
  return sampleKinds.some((kind) => shape[kind] > 0) ? shape : { ...shape, value: 1 };
}

/** Lets timers, messages and cancellations through between runs of native code. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SeamfieldError('cancelled', 'The training was cancelled.');
}

/**
 * @throws `cancelled` when the signal aborts, `bad-option` for a spec out of range, `diverged` when the loss cannot be
 *   brought back
 */
export async function train(
  signal: AbortSignal,
  request: TrainingRequest,
  hooks: TrainingHooks = {},
): Promise<TrainingOutcome> {
  const { guidance, spec, seed, engine, optimiser } = request;
  checkSpec(spec);
  throwIfAborted(signal);
  const exact = request.solve(signal, guidance);
  const supervision = supervisionOf(guidance, exact);
  const { width, height } = guidance.field;
  const schedule =
    request.schedule ?? scheduleFor(request.loss, guidance.field.kind, optimiser, width * height);
  const training = await engine.train(spec, optimiser, initialise(spec, seed));
  try {
    return await run(signal, request, hooks, { exact, supervision, schedule, training });
  } finally {
    await training.dispose();
  }
}

interface Parts {
  readonly exact: Float64Array;
  readonly supervision: Supervision;
  readonly schedule: Schedule;
  readonly training: Training;
}

async function run(
  signal: AbortSignal,
  { spec, seed, budget }: TrainingRequest,
  hooks: TrainingHooks,
  { exact, supervision, schedule, training }: Parts,
): Promise<TrainingOutcome> {
  const { channels, sets, unit } = supervision;
  const random = new Random(seed + 1);
  const samplers = {
    value: new Sampler(sets.value, random),
    directional: new Sampler(sets.directional, random),
    laplacian: new Sampler(sets.laplacian, random),
  };
  const integrated = (parameters: Parameters) => rescaled(parameters, unit, []);
  const clock = new Clock(budget);
  const watch = new Watch();
  const lossCurve: LossPoint[] = [];
  let flops = 0;
  let recoveries = 0;
  let sinceRestore = 0;
  let phase: Phase | undefined;
  let program: Program | undefined;

  while (clock.fraction < 1 && hooks.stopped?.() !== true) {
    throwIfAborted(signal);
    const pause = hooks.paused?.();
    if (pause) await clock.pause(pause);

    const { fraction } = clock;
    const due = phaseAt(schedule, fraction);
    if (due !== phase || !program) {
      phase = due;
      program = await training.program(fitShape(phase, supervision));
      watch.enter();
    }
    const batches = program.batches.slice(0, clock.stepsLeft);
    for (const batch of batches) {
      for (const kind of sampleKinds) {
        samplers[kind].fill(batch[kind], batch[kind].weight.length, channels);
      }
    }
    const damping = 0.5 ** recoveries;
    const hypers = batches.map((_, i) =>
      hyperAt(spec, schedule, due, clock.fractionAfter(i), sinceRestore + i + 1, damping),
    );
    const terms = await program.run(hypers);
    clock.steps += terms.length;
    sinceRestore += terms.length;
    flops += program.flopsPerStep * terms.length;

    const loss = terms.reduce((sum, term) => sum + weightedLoss(due, term), 0) / terms.length;
    const verdict = watch.see(loss);
    if (verdict === 'leapt') {
      if (++recoveries > MAX_RECOVERIES) {
        throw new SeamfieldError(
          'diverged',
          'The training diverged again and again; use a smaller ω or another seed.',
          { step: clock.steps },
        );
      }
      await training.restore(watch.best ?? initialise(spec, seed));
      sinceRestore = 0;
    } else if (verdict === 'best') {
      watch.keep(await training.parameters());
    }
    const progress = clock.progress(loss, hypers[hypers.length - 1]!.muonRate);
    lossCurve.push({ step: clock.steps, seconds: clock.seconds, loss });
    hooks.progress?.(progress);
    await hooks.preview?.(async () => integrated(await training.parameters()), progress);
    await breathe();
  }
  throwIfAborted(signal);

  const { steps, seconds } = clock;
  const parameters = watch.isWorse() && watch.best ? watch.best : await training.parameters();
  return {
    parameters: integrated(parameters),
    steps,
    seconds,
    stepsPerSecond: seconds > 0 ? steps / seconds : 0,
    gflops: seconds > 0 ? flops / seconds / 1e9 : 0,
    loss: watch.loss,
    lossCurve,
    exact,
  };
}
