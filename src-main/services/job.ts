import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import type {
  BufferDescriptor,
  JobDetail,
  JobRequest,
  JobSummary,
} from '../../src-shared/contract/schemas.ts';
import { thinned } from '../../src-shared/model/curve.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { Budget, CurvePoint, Progress } from '../../src-shared/model/training.ts';
import { defined } from '../jobs/defined.ts';
import type { Launch } from '../jobs/port.ts';
import { JobProcess, type Waiting } from '../jobs/process.ts';
import type {
  AnswerTo,
  Preview,
  ProgressReport,
  Question,
  RestoreTask,
  TrainingTask,
  WorkingArea,
} from '../jobs/protocol.ts';
import type { Buffers } from './buffers.ts';
import type { JobFolder, Standing } from './job-folder.ts';
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
 * One training as the host knows it: the process that works on it, if any, what that told, and the events that come
 * of it. When it works is its queue's to say.
 */
export class Job {
  readonly jobId: string;
  readonly request: JobRequest;
  readonly #parts: JobParts;
  #folder: JobFolder | null;
  #isClosed = false;
  #process: JobProcess | null = null;
  #state: JobSummary['state'] = 'queued';
  #position = 0;
  #leg = 0;
  #budget: Budget;
  #kept: boolean;
  #isSilent = false;
  /** Whether an event has told of it. */
  #wasTold = false;
  #curve: CurvePoint[] = [];
  #area: WorkingArea | undefined;
  #progress: Progress | undefined;
  #metrics: Metrics | undefined;
  #error: SeamfieldError | undefined;
  #preview: BufferDescriptor | undefined;
  /** What it had come to before it was trained further. */
  #earlier: Metrics | undefined;
  readonly #revived: Revived;

  /** @param isKept whether its folder has a checkpoint already */
  constructor(parts: JobParts, isKept = false) {
    this.#parts = parts;
    this.jobId = parts.jobId;
    this.request = parts.request;
    this.#folder = parts.folder;
    this.#kept = isKept || parts.earlier !== undefined;
    const standing = parts.folder?.standing ?? parts.earlier;
    this.#leg = standing?.leg ?? 0;
    this.#budget = standing?.budget ?? parts.request.budget;
    this.#revived = new Revived(
      (events) => {
        const process = new JobProcess(parts.launch, events);
        process.begin({ ...this.#task, previews: false }, this.#keeping(true));
        return process;
      },
      (metrics) => this.#onRead(metrics),
    );
  }

  get folder(): JobFolder | null {
    return this.#folder;
  }

  /** How often it was trained further, and what its latest leg was given. */
  get leg(): { readonly leg: number; readonly budget: Budget } {
    return { leg: this.#leg, budget: this.#budget };
  }

  /** Whether it still takes time, or will. */
  get isActive(): boolean {
    return this.isWorking || this.#state === 'queued' || this.#state === 'paused';
  }

  /** Whether it computes. */
  get isWorking(): boolean {
    return this.#state === 'preparing' || this.#state === 'training';
  }

  get isKept(): boolean {
    return this.#kept;
  }

  get summary(): JobSummary {
    const { width, height, at, full } = this.#area ?? {};
    return {
      jobId: this.jobId,
      request: this.request,
      state: this.#state,
      ...(this.#state === 'queued' && { position: this.#position }),
      ...(this.#kept && { kept: true }),
      ...(this.#isSilent && { silent: true }),
      ...(this.#leg > 0 && { further: this.leg }),
      ...defined({
        width,
        height,
        at,
        full,
        progress: this.#progress,
        metrics: this.#metrics as JobSummary['metrics'],
        error: this.#error?.toEnvelope() as JobSummary['error'],
      }),
    };
  }

  get detail(): JobDetail {
    return { ...this.summary, curve: [...this.#curve] };
  }

  get isQueued(): boolean {
    return this.#state === 'queued';
  }

  /** It waits for its turn from here on. */
  queueUp(): void {
    this.#state = 'queued';
    this.#position = 0;
    this.#error = undefined;
  }

  /** Its place in the queue is told: 1 is next. */
  wait(position: number): void {
    if (this.#position === position) return;
    this.#position = position;
    this.#emit({ event: 'job:queued', payload: { jobId: this.jobId, position } });
  }

  /** Its turn: begins, or goes on where it was paused. */
  go(): void {
    if (this.#process !== null && !this.#process.hasEnded) {
      this.#state = 'training';
      return this.#process.continue();
    }
    this.#state = 'preparing';
    // Whoever asked for a job that begins at once knows that it does.
    if (this.#wasTold) this.#emit({ event: 'job:preparing', payload: { jobId: this.jobId } });
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
    return this.#state === 'paused';
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
    const earlier = this.#earlier;
    this.#earlier = undefined;
    if (earlier === undefined) this.#onFailed(new SeamfieldError('cancelled', 'The training was cancelled.'));
    else this.#onFinished(earlier);
    await process?.cancel();
    if (earlier === undefined) {
      this.#kept = false;
      await this.folder?.remove();
    }
  }

  /** It is no longer what it was when it failed: it waits to go on. Throws `not-allowed` for a job that has not failed. */
  resume(): void {
    if (this.#state !== 'failed') {
      throw new SeamfieldError('not-allowed', 'Only a training that failed can be gone on with.');
    }
    void this.#revived.drop();
  }

  /** Takes a budget to go on with. Throws `not-allowed` for a job that has not finished or was not kept. */
  async trainFurther(budget: Budget): Promise<void> {
    this.#requireFinished();
    const folder = this.#folder ?? (await this.#parts.earlier?.unpack());
    if (this.#isClosed) {
      if (this.#folder === null) await folder?.remove();
      throw new SeamfieldError('cancelled', 'Seamfield is closing, or this job is forgotten.');
    }
    if (!this.#kept || folder === undefined) {
      throw new SeamfieldError('not-allowed', 'Nothing was kept of this training; train again.');
    }
    this.#requireFinished();
    this.#folder = folder;
    void this.#revived.drop();
    this.#earlier = this.#metrics;
    this.#leg++;
    this.#budget = budget;
    this.#progress = undefined;
    const process = this.#process;
    this.#process = null;
    this.#state = 'queued';
    await Promise.all([process?.cancel(), this.#note({ leg: this.#leg, budget, isOver: false })]);
  }

  #requireFinished(): void {
    if (this.#state === 'finished') return;
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
    this.#state = 'preparing';
    this.#begin(true);
  }

  /** Throws what the process throws; a job that failed or was cancelled has nothing to show but what was kept of it. */
  async ask<Q extends Question>(question: Q, waiting: Waiting = {}): Promise<AnswerTo<Q>> {
    if (this.#process !== null && !this.#process.hasEnded && this.#error === undefined) {
      return this.#process.ask(question, waiting);
    }
    if (this.#isClosed)
      throw new SeamfieldError('cancelled', 'Seamfield is closing, or this job is forgotten.');
    const isOver = this.#state === 'failed' || this.#state === 'finished';
    if (isOver && this.#kept && this.folder !== null) {
      return (await this.#revived.process()).ask(question, waiting);
    }
    if (this.#state === 'queued' && this.#process === null) {
      throw new SeamfieldError('not-allowed', 'This job waits for its turn and has nothing to show yet.');
    }
    throw new SeamfieldError('not-allowed', 'This job came to nothing, so there is nothing of it to show.');
  }

  /** Lets the process of a finished training go, as far as another can come to the same from what was kept. */
  release(): void {
    if (this.#state !== 'finished' || !this.#kept || this.folder === null) return;
    void this.#revived.drop();
    const process = this.#process;
    this.#process = null;
    void process?.cancel();
  }

  /** Frees its process; nothing can be asked of it any more. Its folder stays. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#preview !== undefined) this.#parts.buffers.drop(this.#preview.bufferId);
    const process = this.#process;
    this.#process = null;
    await Promise.all([process?.cancel(), this.#revived.drop()]);
  }

  #begin(isOver: boolean): void {
    const process: JobProcess = new JobProcess(
      this.#parts.launch,
      {
        started: (area) => this.#onStarted(area),
        paused: () => this.#onPaused(),
        progress: (report) => this.#onProgress(report),
        preview: (preview) => this.#onPreview(preview),
        checkpoint: () => (this.#kept = true),
        unsaved: (error) => this.#onUnsaved(error),
        silent: (isSilent) => this.#onSilent(isSilent),
        finished: (metrics) => {
          this.#earlier = undefined;
          this.#onFinished(metrics);
          void this.#note({ isOver: true });
        },
        failed: (error) => {
          // A process that was let go tells nothing of the job any more.
          if (this.#process === process) this.#onFailed(error);
        },
      },
      this.#parts.listenEvery,
    );
    this.#process = process;
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
      this.#onUnsaved(SeamfieldError.from(cause));
    }
  }

  #emit(message: EventMessage): void {
    this.#wasTold = true;
    this.#parts.emit(message);
  }

  #rest(): void {
    this.#isSilent = false;
    this.#parts.onRest();
  }

  #onStarted({ width, height, at, full }: WorkingArea): void {
    const area = { width, height, ...defined({ at, full }) };
    this.#area = area;
    this.#state = 'training';
    this.#emit({ event: 'job:started', payload: { jobId: this.jobId, ...area } });
  }

  #onPaused(): void {
    this.#state = 'paused';
    this.#emit({ event: 'job:paused', payload: { jobId: this.jobId } });
    this.#rest();
  }

  #onProgress({ progress, curve, psnr, exactPsnr }: ProgressReport): void {
    this.#progress = progress;
    this.#curve.push(...curve);
    this.#curve = thinned(this.#curve);
    const known = defined({ psnr, exactPsnr });
    this.#emit({
      event: 'job:progress',
      payload: { jobId: this.jobId, progress, curve: [...curve], ...known },
    });
  }

  #onPreview({ step, ...view }: Preview): void {
    if (this.#preview !== undefined) this.#parts.buffers.drop(this.#preview.bufferId);
    this.#preview = this.#parts.buffers.put(view);
    this.#emit({ event: 'job:preview', payload: { jobId: this.jobId, step, ...this.#preview } });
  }

  #onUnsaved(error: SeamfieldError): void {
    const envelope = error.toEnvelope() as NonNullable<JobSummary['error']>;
    this.#emit({ event: 'job:unsaved', payload: { jobId: this.jobId, error: envelope } });
  }

  #onSilent(silent: boolean): void {
    this.#isSilent = silent;
    this.#emit({ event: 'job:silent', payload: { jobId: this.jobId, silent } });
  }

  #onFinished(metrics: Metrics): void {
    this.#state = 'finished';
    this.#metrics = metrics;
    const payload = { jobId: this.jobId, metrics: metrics as NonNullable<JobSummary['metrics']> };
    this.#emit({ event: 'job:finished', payload });
    this.#rest();
  }

  /** What was kept has been read: of a training that failed, its figures are news. */
  #onRead(metrics: Metrics): void {
    if (this.#state !== 'failed') return;
    this.#metrics = metrics;
    const payload = { jobId: this.jobId, metrics: metrics as NonNullable<JobSummary['metrics']> };
    this.#emit({ event: 'job:kept', payload });
  }

  #onFailed(error: SeamfieldError): void {
    if (!this.isActive) return;
    this.#state = error.code === 'cancelled' ? 'cancelled' : 'failed';
    this.#error = error;
    const process = this.#process;
    this.#process = null;
    // One that refused its task is still there.
    if (process !== null && !process.hasEnded) void process.cancel();
    const envelope = error.toEnvelope() as NonNullable<JobSummary['error']>;
    const kept = this.#state === 'failed' && this.#kept;
    this.#emit({
      event: 'job:failed',
      payload: { jobId: this.jobId, error: envelope, ...(kept && { kept }) },
    });
    this.#rest();
  }
}
