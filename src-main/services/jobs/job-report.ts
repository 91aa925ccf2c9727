import type { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { EventMessage } from '../../../src-shared/contract/events.ts';
import type { JobDetail, JobSummary } from '../../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import { thinned } from '../../../src-shared/model/curve.ts';
import type { Metrics } from '../../../src-shared/model/metrics.ts';
import type { Budget, CurvePoint, Progress } from '../../../src-shared/model/training.ts';
import { defined } from '../../jobs/defined.ts';
import type { Preview, ProgressReport, WorkingArea } from '../../jobs/protocol.ts';
import type { Buffers } from '../buffers.ts';

interface ReportParts {
  readonly jobId: string;
  readonly request: JobRequest;
  readonly buffers: Buffers;
  emit(message: EventMessage): void;
}

const told = (error: SeamfieldError) => error.toEnvelope() as NonNullable<JobSummary['error']>;
const figures = (metrics: Metrics) => metrics as NonNullable<JobSummary['metrics']>;

/** What is known of a training, and the event that comes of each change. It begins and ends nothing. */
export class JobReport {
  readonly #parts: ReportParts;
  #state: JobSummary['state'] = 'queued';
  #position = 0;
  #isSilent = false;
  /** Whether an event has told of it. */
  #wasTold = false;
  #curve: CurvePoint[] = [];
  #area: WorkingArea | undefined;
  #progress: Progress | undefined;
  #metrics: Metrics | undefined;
  #error: SeamfieldError | undefined;
  #preview: JobDetail['preview'];
  /** Whether something of it outlives its process. */
  isKept: boolean;

  constructor(parts: ReportParts, isKept: boolean) {
    this.#parts = parts;
    this.isKept = isKept;
  }

  get state(): JobSummary['state'] {
    return this.#state;
  }

  get metrics(): Metrics | undefined {
    return this.#metrics;
  }

  get hasFailed(): boolean {
    return this.#error !== undefined;
  }

  /** Whether it computes. */
  get isWorking(): boolean {
    return this.#state === 'preparing' || this.#state === 'training';
  }

  /** Whether it still takes time, or will. */
  get isActive(): boolean {
    return this.isWorking || this.#state === 'queued' || this.#state === 'paused';
  }

  /** @param further how often it was trained further, and what its latest leg was given */
  summary(further: { readonly leg: number; readonly budget: Budget }): JobSummary {
    const { jobId, request } = this.#parts;
    const { width, height, at, full } = this.#area ?? {};
    return {
      jobId,
      request,
      state: this.#state,
      ...(this.#state === 'queued' && { position: this.#position }),
      ...(this.isKept && { kept: true }),
      ...(this.#isSilent && { silent: true }),
      ...(further.leg > 0 && { further }),
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

  /** What a page that was (re)loaded needs beyond the summary. */
  get soFar(): Pick<JobDetail, 'curve' | 'preview'> {
    return { curve: [...this.#curve], ...(this.isActive && defined({ preview: this.#preview })) };
  }

  queued(): void {
    this.#state = 'queued';
    this.#position = 0;
    this.#error = undefined;
  }

  /** Another leg is about to begin: it is no longer as far as it was. */
  queuedFurther(): void {
    this.#state = 'queued';
    this.#progress = undefined;
  }

  /** @param position 1 is next */
  placed(position: number): void {
    if (this.#position === position) return;
    this.#position = position;
    this.#emit({ event: 'job:queued', payload: { jobId: this.#jobId, position } });
  }

  continued(): void {
    this.#state = 'training';
  }

  /** @param isSilently whether nobody is told */
  preparing(isSilently = false): void {
    this.#state = 'preparing';
    // Whoever asked for a job that begins at once knows that it does.
    if (this.#wasTold && !isSilently) this.#emit({ event: 'job:preparing', payload: { jobId: this.#jobId } });
  }

  started({ width, height, at, full }: WorkingArea): void {
    const area = { width, height, ...defined({ at, full }) };
    this.#area = area;
    this.#state = 'training';
    this.#emit({ event: 'job:started', payload: { jobId: this.#jobId, ...area } });
  }

  paused(): void {
    this.#state = 'paused';
    this.#emit({ event: 'job:paused', payload: { jobId: this.#jobId } });
    this.#isSilent = false;
  }

  progressed({ progress, curve, psnr, exactPsnr }: ProgressReport): void {
    this.#progress = progress;
    this.#curve.push(...curve);
    this.#curve = thinned(this.#curve);
    const known = defined({ psnr, exactPsnr });
    const payload = { jobId: this.#jobId, progress, curve: [...curve], ...known };
    this.#emit({ event: 'job:progress', payload });
  }

  previewed({ step, ...view }: Preview): void {
    this.dropPreview();
    this.#preview = { step, ...this.#parts.buffers.put(view) };
    this.#emit({ event: 'job:preview', payload: { jobId: this.#jobId, ...this.#preview } });
  }

  dropPreview(): void {
    if (this.#preview !== undefined) this.#parts.buffers.drop(this.#preview.bufferId);
    this.#preview = undefined;
  }

  unsaved(error: SeamfieldError): void {
    this.#emit({ event: 'job:unsaved', payload: { jobId: this.#jobId, error: told(error) } });
  }

  silent(silent: boolean): void {
    this.#isSilent = silent;
    this.#emit({ event: 'job:silent', payload: { jobId: this.#jobId, silent } });
  }

  finished(metrics: Metrics): void {
    this.#state = 'finished';
    this.#metrics = metrics;
    this.#emit({ event: 'job:finished', payload: { jobId: this.#jobId, metrics: figures(metrics) } });
    this.#isSilent = false;
  }

  /** What was kept has been read: of a training that failed, its figures are news. */
  read(metrics: Metrics): void {
    if (this.#state !== 'failed') return;
    this.#metrics = metrics;
    this.#emit({ event: 'job:kept', payload: { jobId: this.#jobId, metrics: figures(metrics) } });
  }

  failed(error: SeamfieldError): void {
    this.#state = error.code === 'cancelled' ? 'cancelled' : 'failed';
    this.#error = error;
    const kept = this.#state === 'failed' && this.isKept;
    const payload = { jobId: this.#jobId, error: told(error), ...(kept && { kept }) };
    this.#emit({ event: 'job:failed', payload });
    this.#isSilent = false;
  }

  get #jobId(): string {
    return this.#parts.jobId;
  }

  #emit(message: EventMessage): void {
    this.#wasTold = true;
    this.#parts.emit(message);
  }
}
