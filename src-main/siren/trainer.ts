/**
 * Trains a SIREN on a guidance field: the loop around an engine's steps.
 *
 * The guidance field is all it is given of a photograph. The exact solution it uses for the `integrated` loss, for
 * scale and for how densely samples are drawn is computed here from that field and nothing else.
 */
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { thinned } from '../../src-shared/model/curve.ts';
import type { LossPoint } from '../../src-shared/model/training.ts';
import { flattened, unflattened } from './checkpoint.ts';
import type { Checkpoint, TrainedBy } from './checkpoint.ts';
import { Clock } from './clock.ts';
import type { Stretch } from './clock.ts';
import { distance } from './distance.ts';
import type { BatchShape, Program, Training } from './engine.ts';
import { fingerprintOf } from './fingerprint.ts';
import { initialise } from './initialise.ts';
import { sampleKinds } from './loss-gradient.ts';
import type { SampleKind } from './loss-gradient.ts';
import { rescaled } from './model.ts';
import { Random } from './random.ts';
import { Sampler } from './sampler.ts';
import { asksTheSame, hyperAt, phaseAt, scheduleFor, warmRestart, weightedLoss } from './schedule.ts';
import type { Phase, Schedule } from './schedule.ts';
import { checkSpec } from './spec.ts';
import type { Parameters } from './spec.ts';
import { stateLength } from './step.ts';
import { supervisionOf } from './supervision.ts';
import type { Supervision } from './supervision.ts';
import type { TrainingHooks, TrainingOutcome, TrainingRequest } from './training.ts';
import { Watch } from './watch.ts';

/** Trainings give up after so many leaps of the loss; each halves the learning rate. */
const MAX_RECOVERIES = 8;

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

/** Milliseconds between breaths: far less than a cancellation may take, and far more than a breath costs. */
const BREATH = 50;

/**
 * Lets timers, messages and cancellations through between runs of native code. A timer takes a millisecond at least,
 * which after every run would be one step in forty.
 */
function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SeamfieldError('cancelled', 'The training was cancelled.');
}

/**
 * @throws `cancelled` when the signal aborts, `bad-option` for a spec out of range, `bad-checkpoint` for a checkpoint
 *   of another training, `diverged` when the loss cannot be brought back
 */
export async function train(
  signal: AbortSignal,
  request: TrainingRequest,
  hooks: TrainingHooks = {},
): Promise<TrainingOutcome> {
  const { guidance, spec, seed, engine, optimiser, resume, leg = resume?.leg ?? 0 } = request;
  checkSpec(spec);
  throwIfAborted(signal);
  const fingerprint = fingerprintOf(guidance);
  if (resume) checkSame(request, resume, fingerprint);
  const exact = request.solve(signal, guidance);
  const supervision = supervisionOf(guidance, exact);
  const { width, height } = guidance.field;
  const first =
    request.schedule ??
    scheduleFor(request.loss, guidance.field.kind, optimiser, width * height, supervision.unit);
  const schedule = leg > 0 ? warmRestart(first, request.loss) : first;
  const training = await engine.train(spec, optimiser, initialise(spec, seed));
  try {
    const run = new Run(request, { fingerprint, leg, exact, supervision, schedule, training });
    return await run.toEnd(signal, hooks);
  } finally {
    await training.dispose();
  }
}

function checkSame(
  { spec, optimiser, seed }: TrainingRequest,
  resume: Checkpoint,
  fingerprint: number,
): void {
  const isSame =
    (['channels', 'hidden', 'layers', 'omega'] as const).every((key) => resume.spec[key] === spec[key]) &&
    resume.optimiser === optimiser &&
    resume.seed === seed &&
    resume.state.length === stateLength(spec, optimiser);
  if (!isSame) {
    throw new SeamfieldError(
      'bad-checkpoint',
      'This training state is another network’s; train again from the beginning.',
    );
  }
  if (resume.fingerprint !== fingerprint) {
    throw new SeamfieldError(
      'bad-checkpoint',
      'The pictures are not the ones that this training began with; train again from the beginning.',
    );
  }
}

interface Parts {
  readonly fingerprint: number;
  readonly leg: number;
  readonly exact: Float64Array;
  readonly supervision: Supervision;
  readonly schedule: Schedule;
  readonly training: Training;
}

/** One training under way. Everything that decides what comes next is in it, and in `checkpoint`. */
class Run {
  private readonly samplers: Readonly<Record<SampleKind, Sampler>>;
  private readonly watch = new Watch();
  private clock: Clock;
  private curve: LossPoint[] = [];
  private flops = 0;
  private roundsProducts: boolean | undefined;
  private trainedBy: TrainedBy | undefined;
  private recoveries = 0;
  private sinceRestore = 0;
  /** Index of the phase whose program is in use; -1 before the first. */
  private phase = -1;
  private before: Float32Array | undefined;

  constructor(
    private readonly request: TrainingRequest,
    private readonly parts: Parts,
  ) {
    const { sets } = parts.supervision;
    const sampler = (kind: SampleKind, i: number) =>
      new Sampler(sets[kind], new Random(request.seed + 1 + i * 2 ** 32));
    this.samplers = {
      value: sampler('value', 0),
      directional: sampler('directional', 1),
      laplacian: sampler('laplacian', 2),
    };
    this.clock = new Clock(request.budget, undefined, request.now);
  }

  async toEnd(signal: AbortSignal, hooks: TrainingHooks): Promise<TrainingOutcome> {
    const { training, supervision, schedule, exact } = this.parts;
    const { spec, seed, resume } = this.request;
    const { watch } = this;
    if (resume) await this.resume(resume, hooks.stopped?.() === true);
    const { clock } = this;
    const take = () => this.checkpoint();
    const integrated = (parameters: Parameters) => rescaled(parameters, supervision.unit, []);
    const breathe = breathing();
    let program: Program | undefined;

    while (clock.fraction < 1 && hooks.stopped?.() !== true) {
      throwIfAborted(signal);
      const pause = hooks.paused?.();
      if (pause) {
        await hooks.checkpoint?.(take, true);
        await clock.pause(pause);
        throwIfAborted(signal);
        continue;
      }

      const { fraction } = clock;
      const due = phaseAt(schedule, fraction);
      const index = schedule.phases.indexOf(due);
      const shape = fitShape(due, supervision);
      if (index !== this.phase || !program) {
        clock.compile();
        program = await training.program(shape, due.precision);
        // A phase that was under way when its training was left goes on as it was.
        if (index !== this.phase && !asksTheSame(due, schedule.phases[this.phase])) watch.enter();
        this.phase = index;
      }
      const begun = performance.now();
      const batches = program.batches.slice(0, clock.stepsLeft);
      for (const batch of batches) {
        for (const kind of sampleKinds) {
          this.samplers[kind].fill(batch[kind], batch[kind].weight.length, supervision.channels);
        }
      }
      const damping = 0.5 ** this.recoveries;
      const hypers = batches.map((_, i) =>
        hyperAt(spec, schedule, due, clock.fractionAfter(i), this.sinceRestore + i + 1, damping),
      );
      const terms = await program.run(hypers);
      this.sinceRestore += terms.length;
      this.flops += program.flopsPerStep * terms.length;
      this.roundsProducts = this.roundsProducts === true || program.roundsProducts === true;
      this.trainedBy = this.trainer;

      const loss = terms.reduce((sum, term) => sum + weightedLoss(due, term), 0) / terms.length;
      const verdict = watch.see(loss);
      if (verdict === 'leapt') {
        if (++this.recoveries > MAX_RECOVERIES) {
          throw new SeamfieldError(
            'diverged',
            'The training diverged again and again; use a smaller ω or another seed.',
            { step: clock.steps + terms.length },
          );
        }
        await training.restore(watch.best ?? this.beginning(seed));
        this.sinceRestore = 0;
      } else if (verdict === 'best') {
        watch.keep(await training.parameters());
      }
      clock.walk(terms.length, shape, (performance.now() - begun) / 1000);
      const progress = clock.progress(loss, hypers[hypers.length - 1]!.muonRate, () => this.ahead());
      this.curve.push({ step: clock.steps, seconds: clock.seconds, loss });
      this.curve = thinned(this.curve);
      hooks.progress?.(progress);
      await hooks.preview?.(async () => integrated(await training.parameters()), progress);
      await hooks.checkpoint?.(take, false);
      await breathe();
    }
    throwIfAborted(signal);
    await hooks.checkpoint?.(take, true);

    const { steps, seconds } = clock;
    return {
      parameters: integrated(await this.kept()),
      steps,
      seconds,
      stepsPerSecond: seconds > 0 ? steps / seconds : 0,
      gflops: seconds > 0 ? this.flops / seconds / 1e9 : 0,
      ...this.origin,
      loss: watch.loss,
      lossCurve: this.curve,
      exact,
    };
  }

  /** What is known of how its steps were computed. */
  private get origin() {
    const { roundsProducts, trainedBy } = this;
    return {
      ...(roundsProducts !== undefined && { roundsProducts }),
      ...(trainedBy !== undefined && { trainedBy }),
    };
  }

  /** What computes the steps that are trained here. */
  private get trainer(): TrainedBy {
    const { engine, machine } = this.request;
    return { engine: engine.name, provider: engine.provider, ...(machine !== undefined && { machine }) };
  }

  /** Where a training goes back to that leaps before a network was kept. */
  private beginning(seed: number): Parameters {
    const { spec } = this.request;
    return this.before ? unflattened(spec, this.before) : initialise(spec, seed);
  }

  /** The steps left of a budget in steps, by the shape they will have. */
  private ahead(): Stretch[] {
    const { budget } = this.request;
    if (!('steps' in budget)) return [];
    const { schedule, supervision } = this.parts;
    const done = this.clock.spent.legSteps;
    let from = done;
    return schedule.phases.flatMap((phase) => {
      const until = Math.round(phase.until * budget.steps);
      if (until <= from) return [];
      const stretch = { steps: until - from, shape: fitShape(phase, supervision) };
      from = until;
      return [stretch];
    });
  }

  /** The better of what there is: as it stands, as it was at its best, and as the earlier legs left it. */
  private async kept(): Promise<Parameters> {
    const { training, supervision } = this.parts;
    const { engine, spec } = this.request;
    const { watch, before } = this;
    const own = watch.isWorse() && watch.best ? watch.best : await training.parameters();
    if (before === undefined) return own;
    const earlier = unflattened(spec, before);
    const far = (parameters: Parameters) => distance(engine, spec, parameters, supervision);
    return (await far(own)) <= (await far(earlier)) ? own : earlier;
  }

  private async checkpoint(): Promise<Checkpoint> {
    const { spec, optimiser, seed } = this.request;
    const { fingerprint, leg, training } = this.parts;
    const { flops, recoveries, sinceRestore, phase, watch, samplers, curve, before } = this;
    return {
      spec,
      optimiser,
      seed,
      fingerprint,
      leg,
      spent: this.clock.spent,
      flops,
      ...this.origin,
      recoveries,
      sinceRestore,
      phase,
      watch: watch.state,
      samplers: {
        value: samplers.value.state,
        directional: samplers.directional.state,
        laplacian: samplers.laplacian.state,
      },
      curve: [...curve],
      state: await training.state(),
      ...(watch.best && { best: flattened(watch.best) }),
      ...(before && { before }),
    };
  }

  /** @param isOver nothing will be trained: no leg is begun */
  private async resume(from: Checkpoint, isOver: boolean): Promise<void> {
    const { training, leg } = this.parts;
    const { spec, budget } = this.request;
    this.flops = from.flops;
    this.roundsProducts = from.roundsProducts;
    this.trainedBy = from.trainedBy;
    this.recoveries = from.recoveries;
    this.sinceRestore = from.sinceRestore;
    this.phase = from.phase;
    this.curve = [...from.curve];
    this.before = from.before;
    for (const kind of sampleKinds) this.samplers[kind].resume(from.samplers[kind]);
    this.watch.resume(from.watch, from.best && unflattened(spec, from.best));
    await training.resume(from.state);
    const isFurther = from.leg < leg && !isOver;
    const spent = isFurther ? { ...from.spent, legSteps: 0, legSeconds: 0 } : from.spent;
    this.clock = new Clock(budget, spent, this.request.now);
    if (!isFurther) return;
    const begun = await this.kept();
    this.before = flattened(begun);
    this.recoveries = 0;
    this.phase = -1;
    this.watch.resume({ mean: Number.NaN, seen: 0, bestLoss: Infinity }, begun);
    // The moments belong to the network as it stood last; another one begins without.
    if (!sameBits(this.before, from.state)) {
      await training.restore(begun);
      this.sinceRestore = 0;
    }
  }
}

/** Whether `state` begins with the network `flat`. */
function sameBits(flat: Float32Array, state: Float32Array): boolean {
  return flat.every((value, i) => value === state[i]);
}
