import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../../src-shared/contract/events.ts';
import type { JobDetail, JobSummary } from '../../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import type { Metrics } from '../../../src-shared/model/metrics.ts';
import type { Budget } from '../../../src-shared/model/training.ts';
import type { Launch } from '../../jobs/port.ts';
import { JobProcess, type Waiting } from '../../jobs/process.ts';
import type { AnswerTo } from '../../jobs/answers.ts';
import type { Question } from '../../jobs/questions.ts';
import type { RestoreTask, TrainingTask } from '../../jobs/tasks.ts';
import type { Buffers } from '../buffers.ts';
import type { JobFolder, Standing } from './job-folder.ts';
import { JobReport } from './job-report.ts';
import { briefReasonOf } from '../projects/disk.ts';
import { Revived } from './revived.ts';

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
  readonly earlier?: Pick<Standing, 'leg' | 'budget'> & { readonly unpack: () => Promise<JobFolder> };
  readonly launch: Launch;
  readonly buffers: Buffers;
  /** See Ports. */
  readonly listenEvery: number | undefined;
  emit(message: EventMessage): void;
  /** It has stopped computing, for now or for good: another may. */
  onRest(): void;
}

/**
 * One training as the host knows it: the process that works on it, if any, and what is kept of it. When it works is its
 * queue's to say.
 */
export class Job {
  readonly jobId: string;
  readonly request: JobRequest;
  readonly #parts: JobParts;
  #folder: JobFolder | null;
  #isClosed = false;
  #process: JobProcess | null = null;
  #leg = 0;
  #budget: Budget;
  readonly #report: JobReport;
  #questions = 0;
  /** What it had come to before it was trained further. */
  #earlier: Metrics | undefined;
  /** Whether its process has more than could be put on disk. */
  #isBehind = false;
  /** Each time that it is about to be trained further is another one. */
  #attempt: object | null = null;
  readonly #revived: Revived;

  /** @param isKept whether its folder has a checkpoint already */
  constructor(parts: JobParts, isKept = false) {
    this.#parts = parts;
    this.jobId = parts.jobId;
    this.request = parts.request;
    this.#folder = parts.folder;
    this.#report = new JobReport(parts, isKept || parts.earlier !== undefined);
    const standing = parts.folder?.standing ?? parts.earlier;
    this.#leg = standing?.leg ?? 0;
    this.#budget = standing?.budget ?? parts.request.budget;
    this.#revived = new Revived(
      (events) => {
        const process = new JobProcess(parts.launch, events, parts.listenEvery);
        process.begin({ ...this.#task, previews: false }, this.#keeping(true));
        return process;
      },
      (metrics) => this.#report.read(metrics),
    );
  }

  get folder(): JobFolder | null {
    return this.#folder;
  }

  /** How often it was trained further, and what its latest leg was given. */
  get leg(): { readonly leg: number; readonly budget: Budget } {
    return { leg: this.#leg, budget: this.#budget };
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
    return { ...this.summary, curve: this.#report.curve };
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
    if (this.#process !== null && !this.#process.hasEnded) {
      this.#report.continued();
      return this.#process.continue();
    }
    this.#report.preparing();
    this.#begin(false);
  }

  pause(): void {
    if (this.isWorking) this.#process?.pause();
  }

  /** Ends training with what there is. */
  stop(): void {
    if (this.isActive) this.#process?.stop();
  }

  get canContinue(): boolean {
    return this.#report.state === 'paused';
  }

  get hasProcess(): boolean {
    return this.#process !== null;
  }

  ack(step: number): void {
    this.#process?.ack(step);
  }

  /**
   * Drops the training and tells so; a job that was trained further is what it was before. What has finished stays as
   * it is.
   */
  async cancel(): Promise<void> {
    if (!this.isActive) return;
    const process = this.#process;
    this.#process = null;
    this.#attempt = null;
    // It may be that its latest leg is only about to begin.
    const before = this.#folder?.standing.before ?? (this.#earlier && this.leg);
    if (before !== undefined) return this.#goBack(before, process);
    this.#fail(new SeamfieldError('cancelled', 'The training was cancelled.'));
    await process?.cancel();
    this.#report.isKept = false;
    await this.folder?.remove();
  }

  /** It is what it was before its latest leg: should its host die, the next one must not go on with that. */
  async #goBack({ leg, budget }: Omit<Standing, 'isOver'>, process: JobProcess | null): Promise<void> {
    const earlier = this.#earlier;
    this.#earlier = undefined;
    this.#leg = leg;
    this.#budget = budget;
    const noted = this.#note({ leg, budget, isOver: true, before: undefined });
    if (earlier === undefined) {
      // Another host trained it further, and knew what it had come to.
      await Promise.all([process?.cancel(), noted]);
      if (!this.#isClosed) this.recall();
    } else {
      this.#finish(earlier);
      await Promise.all([process?.cancel(), noted]);
    }
  }

  /** It is no longer what it was when it failed: it waits to go on. Throws `not-allowed` for a job that has not failed. */
  resume(): void {
    if (this.#report.state !== 'failed') {
      throw new SeamfieldError('not-allowed', 'Only a training that failed can be gone on with.');
    }
    void this.#revived.drop();
  }

  /**
   * Takes a budget to go on with. Throws `not-allowed` for a job that has not finished or was not kept,
   * `unwritable-output` where what it has come to can't be kept.
   *
   * @returns whether it is to wait for its turn: it may have been cancelled meanwhile
   */
  async trainFurther(budget: Budget): Promise<boolean> {
    this.#requireFinished();
    const folder = this.#folder ?? (await this.#parts.earlier?.unpack());
    if (this.#isClosed) {
      if (this.#folder === null) await folder?.remove();
      throw new SeamfieldError('cancelled', 'Seamfield is closing, or this job is forgotten.');
    }
    if (!this.isKept || folder === undefined) {
      throw new SeamfieldError('not-allowed', 'Nothing was kept of this training; train again.');
    }
    if (this.#isBehind) {
      const why = 'The end of this training could not be kept on disk; export its network, and train again.';
      throw new SeamfieldError('not-allowed', why);
    }
    this.#requireFinished();
    this.#folder = folder;
    const metrics = this.#report.metrics;
    this.#earlier = metrics;
    this.#report.queuedFurther();
    const attempt = (this.#attempt = {});
    const isOff = () => this.#attempt !== attempt || this.#isClosed;
    try {
      await folder.keepBefore();
    } catch (cause) {
      if (!isOff() && metrics !== undefined) {
        this.#earlier = undefined;
        this.#finish(metrics);
      }
      throw asRefusal(cause);
    }
    if (isOff()) return false;
    void this.#revived.drop();
    const process = this.#process;
    this.#process = null;
    const before = this.leg;
    this.#leg++;
    this.#budget = budget;
    await Promise.all([process?.cancel(), this.#note({ leg: this.#leg, budget, isOver: false, before })]);
    return !isOff();
  }

  #requireFinished(): void {
    if (this.#report.state === 'finished') return;
    throw new SeamfieldError('not-allowed', 'Only a finished training can be trained further.');
  }

  /** Ends a process that does not answer. */
  end(): void {
    if (!this.isActive || this.#process === null) return;
    this.#process.end(
      new SeamfieldError('job-died', 'The training process did not answer any more and was ended.'),
    );
  }

  /** Comes to what was kept of it, without training. */
  recall(): void {
    this.#report.preparing(true);
    this.#begin(true);
  }

  /** Throws what the process throws; a job that failed or was cancelled has nothing to show but what was kept of it. */
  async ask<Q extends Question>(question: Q, waiting: Waiting = {}): Promise<AnswerTo<Q>> {
    this.#questions++;
    try {
      return await this.#ask(question, waiting);
    } finally {
      this.#questions--;
    }
  }

  async #ask<Q extends Question>(question: Q, waiting: Waiting): Promise<AnswerTo<Q>> {
    if (this.#process !== null && !this.#process.hasEnded && !this.#report.hasFailed) {
      return this.#process.ask(question, waiting);
    }
    if (this.#isClosed)
      throw new SeamfieldError('cancelled', 'Seamfield is closing, or this job is forgotten.');
    const { state } = this.#report;
    const isOver = state === 'failed' || state === 'finished';
    if (isOver && this.isKept && this.folder !== null) {
      return (await this.#revived.process()).ask(question, waiting);
    }
    if (state === 'queued' && this.#process === null) {
      throw new SeamfieldError('not-allowed', 'This job waits for its turn and has nothing to show yet.');
    }
    throw new SeamfieldError('not-allowed', 'This job came to nothing, so there is nothing of it to show.');
  }

  /** Whether somebody waits for an answer of it, which may take long: a picture of many megapixels. */
  get isAsked(): boolean {
    return this.#questions > 0;
  }

  /** Lets the process of a finished training go, as far as another can come to the same from what was kept. */
  release(): void {
    if (this.isAsked) return;
    if (this.#report.state !== 'finished' || !this.isKept || this.folder === null || this.#isBehind) return;
    void this.#revived.drop();
    const process = this.#process;
    this.#process = null;
    void process?.cancel();
  }

  /** Frees its process; nothing can be asked of it any more. Its folder stays. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#report.dropPreview();
    const process = this.#process;
    this.#process = null;
    await Promise.all([process?.cancel(), this.#revived.drop()]);
  }

  #begin(isOver: boolean): void {
    const report = this.#report;
    const process: JobProcess = new JobProcess(
      this.#parts.launch,
      {
        started: (area) => report.started(area),
        paused: () => {
          report.paused();
          this.#parts.onRest();
        },
        progress: (progress) => report.progressed(progress),
        preview: (preview) => report.previewed(preview),
        checkpoint: () => {
          report.isKept = true;
          this.#isBehind = false;
        },
        unsaved: (error) => {
          this.#isBehind = true;
          report.unsaved(error);
        },
        silent: (isSilent) => report.silent(isSilent),
        finished: (metrics) => {
          this.#earlier = undefined;
          this.#finish(metrics);
          void this.#note({ isOver: true, before: undefined });
        },
        failed: (error) => {
          // A process that was let go tells nothing of the job any more.
          if (this.#process === process) this.#fail(error);
        },
      },
      this.#parts.listenEvery,
    );
    this.#process = process;
    this.#isBehind = false;
    const { finished } = this.#parts;
    if (finished === undefined || this.#folder !== null) process.begin(this.#task, this.#keeping(isOver));
    else process.begin({ kind: 'restore', task: this.#task, ...finished });
  }

  /** A budget of its own for each leg. */
  get #task(): TrainingTask {
    return { ...this.#parts.task, budget: this.#budget };
  }

  #keeping(isOver: boolean) {
    return this.folder === null ? undefined : { folder: this.folder.path, leg: this.#leg, isOver };
  }

  async #note(standing: Partial<Standing>): Promise<void> {
    try {
      await this.folder?.update(standing);
    } catch (cause) {
      const why = `This training can’t be kept safe (${briefReasonOf(cause)}); make room there. It goes on meanwhile.`;
      this.#report.unsaved(new SeamfieldError('unwritable-output', why));
    }
  }

  #finish(metrics: Metrics): void {
    this.#report.finished(metrics);
    this.#parts.onRest();
  }

  #fail(error: SeamfieldError): void {
    if (!this.isActive) return;
    const process = this.#process;
    this.#process = null;
    // One that refused its task is still there.
    if (process !== null && !process.hasEnded) void process.cancel();
    this.#report.failed(error);
    this.#parts.onRest();
  }
}

function asRefusal(cause: unknown): SeamfieldError {
  if (cause instanceof SeamfieldError) return cause;
  const why = `This training can’t be gone on with just now (${briefReasonOf(cause)}); make room there.`;
  return new SeamfieldError('unwritable-output', why);
}
