import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../../src-shared/contract/events.ts';
import type { JobDetail, JobSummary } from '../../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import type { Metrics } from '../../../src-shared/model/metrics.ts';
import type { Budget } from '../../../src-shared/model/training.ts';
import type { Launch } from '../../jobs/port.ts';
import { JobProcess } from '../../jobs/process.ts';
import type { JobEvents, Waiting } from '../../jobs/process.ts';
import type { AnswerTo } from '../../jobs/answers.ts';
import type { Question } from '../../jobs/questions.ts';
import type { RestoreTask, TrainingTask } from '../../jobs/tasks.ts';
import type { Buffers } from '../buffers.ts';
import { JobAnswers } from './job-answers.ts';
import type { JobFolder } from './job-folder.ts';
import { JobKeeping } from './job-keeping.ts';
import { JobReport } from './job-report.ts';
import { Legs } from './legs.ts';
import type { Leg } from './legs.ts';
import { briefReasonOf } from '../../disk/disk.ts';
import { WorkingProcess } from './working-process.ts';

/** What a job is made of and with. */
export interface JobParts {
  readonly jobId: string;
  readonly request: JobRequest;
  readonly task: TrainingTask;
  /** A training that finished earlier, in whatever host: what to come to without training. */
  readonly finished?: Pick<RestoreTask, 'model' | 'metrics'>;
  /** Where it is kept; null where nothing of it outlives its process. */
  readonly folder: JobFolder | null;
  /** Of one that finished earlier and can be trained further: where it stands, and how it comes to a folder to go on in. */
  readonly earlier?: Leg & { readonly unpack: () => Promise<JobFolder> };
  readonly launch: Launch;
  readonly buffers: Buffers;
  /** See Ports. */
  readonly listenEvery: number | undefined;
  emit(message: EventMessage): void;
  /** It has stopped computing, for now or for good: another may. */
  onRest(): void;
}

/**
 * One training as the host knows it: the process that works on it, if any, its legs, and what is kept of it. When it
 * works is its queue's to say.
 */
export class Job {
  readonly jobId: string;
  readonly request: JobRequest;
  readonly #parts: JobParts;
  readonly #report: JobReport;
  readonly #legs: Legs;
  readonly #kept: JobKeeping;
  readonly #process: WorkingProcess;
  readonly #answers: JobAnswers;
  #isClosed = false;

  /** @param isKept whether its folder has a checkpoint already */
  constructor(parts: JobParts, isKept = false) {
    const { request, folder, earlier } = parts;
    this.#parts = parts;
    this.jobId = parts.jobId;
    this.request = request;
    const report = new JobReport(parts, isKept || earlier !== undefined);
    this.#report = report;
    this.#legs = new Legs(folder?.standing ?? earlier ?? { leg: 0, budget: request.budget });
    this.#kept = new JobKeeping(folder, earlier?.unpack, (error) => report.unsaved(error));
    const start = (events: JobEvents) => new JobProcess(parts.launch, events, parts.listenEvery);
    this.#process = new WorkingProcess(start);
    this.#answers = new JobAnswers({
      report,
      process: this.#process,
      kept: this.#kept,
      revive: (events) => {
        const process = start(events);
        process.begin({ ...this.#task, previews: false }, this.#kept.task(this.leg, true));
        return process;
      },
    });
  }

  get folder(): JobFolder | null {
    return this.#kept.folder;
  }

  /** How often it was trained further, and what its latest leg was given. */
  get leg(): Leg {
    return this.#legs.current;
  }

  get isActive(): boolean {
    return this.#report.isActive;
  }

  get isWorking(): boolean {
    return this.#report.isWorking;
  }

  get isKept(): boolean {
    return this.#report.isKept;
  }

  get summary(): JobSummary {
    return this.#report.summary(this.leg);
  }

  get detail(): JobDetail {
    return { ...this.summary, ...this.#report.soFar };
  }

  get isQueued(): boolean {
    return this.#report.state === 'queued';
  }

  /** It waits for its turn from here on. */
  queueUp(): void {
    this.#report.queued();
  }

  /** Its place in the queue is told: 1 is next. */
  wait(position: number): void {
    this.#report.placed(position);
  }

  /** Its turn: begins, or goes on where it was paused. */
  go(): void {
    const { alive } = this.#process;
    if (alive !== null) {
      this.#report.continued();
      return alive.continue();
    }
    this.#report.preparing();
    this.#begin(false);
  }

  pause(): void {
    if (this.isWorking) this.#process.pause();
  }

  /** Ends training with what there is. */
  stop(): void {
    if (this.isActive) this.#process.stop();
  }

  get canContinue(): boolean {
    return this.#report.state === 'paused';
  }

  get hasProcess(): boolean {
    return this.#process.isThere;
  }

  ack(step: number): void {
    this.#process.ack(step);
  }

  /**
   * Drops the training and tells so; a job that was trained further is what it was before. What has finished stays as
   * it is.
   */
  async cancel(): Promise<void> {
    if (!this.isActive) return;
    const gone = this.#process.letGo();
    this.#legs.callOff();
    // It may be that its latest leg is only about to begin.
    const before = this.#kept.before ?? (this.#legs.earlier && this.leg);
    if (before !== undefined) return this.#goBack(before, gone);
    this.#fail(new SeamfieldError('cancelled', 'The training was cancelled.'));
    await gone;
    this.#report.isKept = false;
    await this.#kept.remove();
  }

  /** It is what it was before its latest leg: should its host die, the next one must not go on with that. */
  async #goBack(before: Leg, gone: Promise<void>): Promise<void> {
    const earlier = this.#legs.goBack(before);
    const noted = this.#kept.note({ ...this.leg, isOver: true, before: undefined });
    if (earlier !== undefined) this.#finish(earlier);
    await Promise.all([gone, noted]);
    // Another host trained it further, and knew what it had come to.
    if (earlier === undefined && !this.#isClosed) this.recall();
  }

  /** It is no longer what it was when it failed: it waits to go on. Throws `not-allowed` for a job that has not failed. */
  resume(): void {
    if (this.#report.state !== 'failed') {
      throw new SeamfieldError('not-allowed', 'Only a training that failed can be gone on with.');
    }
    void this.#answers.drop();
  }

  /**
   * Takes a budget to go on with. Throws `not-allowed` for a job that has not finished or was not kept,
   * `unwritable-output` where what it has come to can't be kept.
   *
   * @returns whether it is to wait for its turn: it may have been cancelled meanwhile
   */
  async trainFurther(budget: Budget): Promise<boolean> {
    this.#requireFinished();
    const folder = this.folder ?? (await this.#kept.unpack());
    if (this.#isClosed) {
      await this.#kept.turnDown(folder);
      throw new SeamfieldError('cancelled', 'Seamfield is closing, or this job is forgotten.');
    }
    if (!this.isKept || folder === undefined) {
      throw new SeamfieldError('not-allowed', 'Nothing was kept of this training; train again.');
    }
    if (this.#process.isBehind) {
      const why = 'The end of this training could not be kept on disk; export its network, and train again.';
      throw new SeamfieldError('not-allowed', why);
    }
    this.#requireFinished();
    this.#kept.settle(folder);
    const { metrics } = this.#report;
    const isCalledOff = this.#legs.announce(metrics);
    const isOff = () => isCalledOff() || this.#isClosed;
    this.#report.queuedFurther();
    try {
      await folder.keepBefore();
    } catch (cause) {
      if (!isOff() && metrics !== undefined) {
        this.#legs.settle();
        this.#finish(metrics);
      }
      throw asRefusal(cause);
    }
    if (isOff()) return false;
    void this.#answers.drop();
    const gone = this.#process.letGo();
    const before = this.#legs.begin(budget);
    await Promise.all([gone, this.#kept.note({ ...this.leg, isOver: false, before })]);
    return !isOff();
  }

  #requireFinished(): void {
    if (this.#report.state === 'finished') return;
    throw new SeamfieldError('not-allowed', 'Only a finished training can be trained further.');
  }

  /** Ends a process that does not answer. */
  end(): void {
    if (!this.isActive) return;
    this.#process.end(
      new SeamfieldError('job-died', 'The training process did not answer any more and was ended.'),
    );
  }

  /** Comes to what was kept of it, without training. */
  recall(): void {
    this.#report.preparing(true);
    this.#begin(true);
  }

  /** Throws as JobAnswers does. */
  ask<Q extends Question>(question: Q, waiting: Waiting = {}): Promise<AnswerTo<Q>> {
    return this.#answers.ask(question, waiting);
  }

  /** Whether somebody waits for an answer of it, which may take long. */
  get isAsked(): boolean {
    return this.#answers.areAwaited;
  }

  /** Lets the process of a finished training go, as far as another can come to the same from what was kept. */
  release(): void {
    if (this.isAsked || this.#process.isBehind) return;
    if (this.#report.state !== 'finished' || !this.isKept || this.folder === null) return;
    void this.#answers.drop();
    void this.#process.letGo();
  }

  /** Frees its process; nothing can be asked of it any more. Its folder stays, all that was noted in it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#report.dropPreview();
    await Promise.all([this.#process.letGo(), this.#answers.close()]);
    await this.#kept.settled();
  }

  #begin(isOver: boolean): void {
    const { finished } = this.#parts;
    this.#process.begin(this.#events, (process) => {
      if (finished === undefined || this.folder !== null) {
        process.begin(this.#task, this.#kept.task(this.leg, isOver));
      } else {
        process.begin({ kind: 'restore', task: this.#task, ...finished });
      }
    });
  }

  get #task(): TrainingTask {
    return { ...this.#parts.task, budget: this.leg.budget };
  }

  /** What its process tells is reported, and what follows from it done. */
  get #events(): JobEvents {
    const report = this.#report;
    return {
      started: (area) => report.started(area),
      paused: () => {
        report.paused();
        this.#parts.onRest();
      },
      progress: (progress) => report.progressed(progress),
      preview: (preview) => report.previewed(preview),
      checkpoint: () => (report.isKept = true),
      unsaved: (error) => report.unsaved(error),
      silent: (isSilent) => report.silent(isSilent),
      finished: (metrics) => {
        this.#legs.settle();
        this.#finish(metrics);
        void this.#kept.note({ isOver: true, before: undefined });
      },
      failed: (error) => this.#fail(error),
    };
  }

  #finish(metrics: Metrics): void {
    this.#report.finished(metrics);
    this.#parts.onRest();
  }

  #fail(error: SeamfieldError): void {
    if (!this.isActive) return;
    this.#report.failed(error);
    this.#parts.onRest();
  }
}

function asRefusal(cause: unknown): SeamfieldError {
  if (cause instanceof SeamfieldError) return cause;
  const why = `This training can’t be gone on with just now (${briefReasonOf(cause)}); make room there.`;
  return new SeamfieldError('unwritable-output', why);
}
