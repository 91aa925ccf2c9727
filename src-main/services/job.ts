import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import type {
  BufferDescriptor,
  JobDetail,
  JobRequest,
  JobSummary,
} from '../../src-shared/contract/schemas.ts';
import type { Size } from '../../src-shared/model/image.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import type { CurvePoint, Progress } from '../../src-shared/model/training.ts';
import { defined } from '../jobs/defined.ts';
import type { Launch } from '../jobs/port.ts';
import { JobProcess } from '../jobs/process.ts';
import type {
  AnswerTo,
  Preview,
  ProgressReport,
  Question,
  TrainingTask,
  WorkingArea,
} from '../jobs/protocol.ts';
import type { Buffers } from './buffers.ts';

/** One training as the host knows it: its process, what that told, and the events that come of it. */
export class Job {
  readonly jobId: string;
  readonly #request: JobRequest;
  readonly #buffers: Buffers;
  readonly #emit: (message: EventMessage) => void;
  readonly #process: JobProcess;
  readonly #curve: CurvePoint[] = [];
  #state: JobSummary['state'] = 'preparing';
  #size: Size | undefined;
  #progress: Progress | undefined;
  #metrics: Metrics | undefined;
  #error: SeamfieldError | undefined;
  #preview: BufferDescriptor | undefined;

  constructor(
    jobId: string,
    request: JobRequest,
    task: TrainingTask,
    { launch, buffers, emit }: { launch: Launch; buffers: Buffers; emit: (message: EventMessage) => void },
  ) {
    this.jobId = jobId;
    this.#request = request;
    this.#buffers = buffers;
    this.#emit = emit;
    this.#process = new JobProcess(launch, {
      started: (area) => this.#onStarted(area),
      paused: () => this.#onPaused(),
      progress: (report) => this.#onProgress(report),
      preview: (preview) => this.#onPreview(preview),
      finished: (metrics) => this.#onFinished(metrics),
      failed: (error) => this.#onFailed(error),
    });
    this.#process.begin(task);
  }

  get isActive(): boolean {
    return this.#state === 'preparing' || this.#state === 'training' || this.#state === 'paused';
  }

  get summary(): JobSummary {
    const { width, height } = this.#size ?? {};
    return {
      jobId: this.jobId,
      request: this.#request,
      state: this.#state,
      ...defined({
        width,
        height,
        progress: this.#progress,
        metrics: this.#metrics as JobSummary['metrics'],
        error: this.#error?.toEnvelope() as JobSummary['error'],
      }),
    };
  }

  get detail(): JobDetail {
    return { ...this.summary, curve: [...this.#curve] };
  }

  pause(): void {
    this.#process.pause();
  }

  continue(): void {
    this.#process.continue();
  }

  stop(): void {
    this.#process.stop();
  }

  ack(step: number): void {
    this.#process.ack(step);
  }

  /** Drops the training and tells so. What has finished stays as it is. */
  async cancel(): Promise<void> {
    if (!this.isActive) return;
    this.#onFailed(new SeamfieldError('cancelled', 'The training was cancelled.'));
    await this.#process.cancel();
  }

  /** Throws what the process throws; a job that failed or was cancelled has nothing to show. */
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    if (this.#error !== undefined) {
      throw new SeamfieldError('not-allowed', 'This job came to nothing, so there is nothing of it to show.');
    }
    return this.#process.ask(question);
  }

  /** Frees its process; nothing can be asked of it any more. */
  async close(): Promise<void> {
    if (this.#preview !== undefined) this.#buffers.drop(this.#preview.bufferId);
    await this.#process.cancel();
  }

  #onStarted({ width, height, at }: WorkingArea): void {
    this.#size = { width, height };
    this.#state = 'training';
    this.#emit({ event: 'job:started', payload: { jobId: this.jobId, width, height, ...defined({ at }) } });
  }

  #onPaused(): void {
    this.#state = 'paused';
    this.#emit({ event: 'job:paused', payload: { jobId: this.jobId } });
  }

  #onProgress({ progress, curve, psnr, exactPsnr }: ProgressReport): void {
    this.#progress = progress;
    this.#curve.push(...curve);
    const known = defined({ psnr, exactPsnr });
    this.#emit({
      event: 'job:progress',
      payload: { jobId: this.jobId, progress, curve: [...curve], ...known },
    });
  }

  #onPreview({ step, ...view }: Preview): void {
    if (this.#preview !== undefined) this.#buffers.drop(this.#preview.bufferId);
    this.#preview = this.#buffers.put(view);
    this.#emit({ event: 'job:preview', payload: { jobId: this.jobId, step, ...this.#preview } });
  }

  #onFinished(metrics: Metrics): void {
    this.#state = 'finished';
    this.#metrics = metrics;
    const payload = { jobId: this.jobId, metrics: metrics as NonNullable<JobSummary['metrics']> };
    this.#emit({ event: 'job:finished', payload });
  }

  #onFailed(error: SeamfieldError): void {
    if (!this.isActive) return;
    this.#state = error.code === 'cancelled' ? 'cancelled' : 'failed';
    this.#error = error;
    const envelope = error.toEnvelope() as NonNullable<JobSummary['error']>;
    this.#emit({ event: 'job:failed', payload: { jobId: this.jobId, error: envelope } });
  }
}
