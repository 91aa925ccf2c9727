import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../src-shared/contract/channels.ts';
import type { BufferDescriptor } from '../../../src-shared/contract/image-schemas.ts';
import type { JobDetail, JobSummary, Recoverable } from '../../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import type { Probed, SeamMismatch } from '../../../src-shared/model/inspection.ts';
import type { Budget } from '../../../src-shared/model/training.ts';
import { defined } from '../../jobs/defined.ts';
import type { FileSource, RestoreTask } from '../../jobs/tasks.ts';
import type { Buffers } from '../buffers.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import { handlesIn, masksIn, withHandles } from '../handles-in.ts';
import type { Images } from '../images.ts';
import { Job } from './job.ts';
import type { JobParts } from './job.ts';
import type { EarlierTraining, JobFolder } from './job-folder.ts';
import { JobFolders } from './job-folders.ts';
import { JobQueue } from './job-queue.ts';
import { KnownJobs } from './known-jobs.ts';
import { hostLimits } from '../limits.ts';
import type { Ports } from '../ports.ts';
import { taskOf } from '../task-of.ts';

type JobPorts = Pick<
  Ports,
  'launch' | 'emit' | 'jobsFolder' | 'trainingsAtOnce' | 'listenEvery' | 'providerMemory' | 'limits'
>;

/** What can be asked for with trainings, waiting, running and over: begun, gone on with, ended, looked at. */
export class Jobs {
  readonly #ports: JobPorts;
  readonly #images: Images;
  readonly #buffers: Buffers;
  readonly #known: KnownJobs;
  readonly #queue: JobQueue;
  readonly #folders: JobFolders;
  /** How many are about to join the queue. */
  #starting = 0;
  /** Earlier hosts' that are about to become this one's: two jobs would write into one folder. */
  readonly #recovering = new Set<string>();
  #isClosed = false;

  constructor(ports: JobPorts, images: Images, buffers: Buffers) {
    this.#ports = ports;
    this.#images = images;
    this.#buffers = buffers;
    this.#known = new KnownJobs((message) => ports.emit(message));
    this.#queue = new JobQueue(() => this.#known.all, ports.trainingsAtOnce);
    this.#folders = new JobFolders(ports.jobsFolder, images);
  }

  /**
   * Throws `unknown-handle` for a photograph that is not open, `bad-option` for what its kind of job doesn't have, `busy`
   * where too many trainings wait.
   */
  async start(request: JobRequest): Promise<ResponseOf<'jobs:start'>> {
    const { queuedTrainings = hostLimits.queuedTrainings } = this.#ports.limits ?? {};
    if (this.#queue.length + this.#starting >= queuedTrainings) {
      const why = `${queuedTrainings} trainings wait for their turn, as many as can; cancel some, or let some finish.`;
      throw new SeamfieldError('busy', why, { queuedTrainings });
    }
    this.#starting++;
    try {
      return await this.#start(request);
    } finally {
      this.#starting--;
    }
  }

  async #start(request: JobRequest): Promise<ResponseOf<'jobs:start'>> {
    // Refused before anything is made.
    taskOf(request, (imageId) => this.#images.fileOf(imageId));
    const jobId = newHandle();
    const handles = handlesIn(request);
    const release = this.#images.hold(handles);
    const { folder, error } = await this.#folders.make(jobId, request);
    const files = new Map(handles.map((id) => [id, folder?.files[id] ?? this.#images.inputOf(id)]));
    if (this.#isClosed) {
      await Promise.all([folder?.remove(), release()]);
      throw closing();
    }
    const job = this.#make(jobId, request, files, folder);
    if (folder === null) this.#known.add(job, { release });
    else {
      // It has files of its own.
      const copies = handles.map((id) => [id, folder.files[id]!.path] as const);
      this.#known.add(job, { release: this.#images.holdCopied(new Map(copies)) });
      void release();
    }
    this.#queue.enter(job);
    if (error !== undefined) {
      const envelope = error.toEnvelope() as NonNullable<JobSummary['error']>;
      this.#ports.emit({ event: 'job:unsaved', payload: { jobId, error: envelope } });
    }
    this.#known.forgetOld();
    return { jobId, ...defined({ position: this.#queue.placeOf(job) }) };
  }

  /**
   * A training that finished earlier, by its network's file: `job:finished` follows once that is read.
   *
   * @param earlier what it can be trained further from; it lies there as long as the job is not forgotten
   */
  restore(
    request: JobRequest,
    networkPath: string,
    metrics: RestoreTask['metrics'],
    earlier?: EarlierTraining,
  ): JobDetail {
    if (this.#isClosed) throw closing();
    const jobId = newHandle();
    const handles = handlesIn(request);
    const release = this.#images.hold(handles);
    const files = new Map(handles.map((id) => [id, this.#images.fileOf(id)]));
    const finished = { model: { path: networkPath, name: 'The kept network' }, metrics };
    const later = earlier && this.#folders.unpacking(jobId, request, earlier);
    const job = this.#make(jobId, request, files, null, { finished, ...defined({ earlier: later }) });
    const borrowed = [networkPath, ...(earlier === undefined ? [] : [earlier.checkpoint])];
    this.#known.add(job, { release, borrowed });
    job.recall();
    this.#known.forgetOld();
    return job.detail;
  }

  /** Files that are not theirs and that trainings read. */
  get borrowed(): string[] {
    return this.#known.borrowed;
  }

  /** Undefined for one that is not kept any more. */
  find(jobId: string): Job | undefined {
    return this.#known.find(jobId);
  }

  /** Throws `unknown-handle`. */
  get(jobId: string): Job {
    return this.#known.get(jobId);
  }

  /** The newest first. */
  list(): JobSummary[] {
    return this.#known.all.map((job) => job.summary).reverse();
  }

  detail(jobId: string): JobDetail {
    return this.get(jobId).detail;
  }

  /** Of a job that waits to begin: lets it wait, there is nothing to pause. */
  pause(jobId: string): void {
    this.get(jobId).pause();
  }

  /** A paused job is next in the queue. */
  continue(jobId: string): void {
    const job = this.get(jobId);
    if (job.canContinue) this.#queue.enter(job, 1);
  }

  /** Ends training with what there is; of a job that has not begun there is nothing. */
  async stop(jobId: string): Promise<void> {
    const job = this.get(jobId);
    if (job.isActive && !job.hasProcess) return this.cancel(jobId);
    this.#queue.leave(job);
    job.stop();
  }

  async cancel(jobId: string): Promise<void> {
    const job = this.get(jobId);
    this.#queue.leave(job);
    await job.cancel();
    this.#queue.pump();
  }

  /** Throws `not-allowed` for a job that does not wait. */
  move({ jobId, to }: RequestOf<'jobs:move'>): void {
    const job = this.get(jobId);
    if (!this.#queue.has(job)) {
      throw new SeamfieldError('not-allowed', 'Only a training that waits can be moved in the queue.');
    }
    this.#queue.leave(job);
    this.#queue.enter(job, to);
  }

  async trainFurther(jobId: string, budget: Budget): Promise<void> {
    const job = this.get(jobId);
    if (await job.trainFurther(budget)) this.#queue.enter(job);
  }

  /** Throws `not-allowed` for a job that has not failed, `unknown-handle`, and what opening its photographs throws. */
  async resume(jobId: string): Promise<void> {
    const known = this.find(jobId);
    if (known !== undefined) {
      known.resume();
      return this.#queue.enter(known);
    }
    if (this.#recovering.has(jobId)) throw unknownHandle('training', jobId);
    this.#recovering.add(jobId);
    try {
      await this.#recover(jobId);
    } finally {
      this.#recovering.delete(jobId);
    }
  }

  end(jobId: string): void {
    this.get(jobId).end();
  }

  async recoverable(): Promise<Recoverable[]> {
    return (await this.#folders.left()).filter(({ jobId }) => this.find(jobId) === undefined);
  }

  /** Throws `not-allowed` for a job that is not over. */
  async discard(jobId: string): Promise<void> {
    const job = this.find(jobId);
    if (job !== undefined) {
      if (job.isActive)
        throw new SeamfieldError('not-allowed', 'This training is not over; cancel it first.');
      return this.#known.forget(job);
    }
    const isLeft = (await this.recoverable()).some((left) => left.jobId === jobId);
    if (!isLeft) throw unknownHandle('job', jobId);
    await this.#folders.remove(jobId);
    this.#ports.emit({ event: 'job:gone', payload: { jobId } });
  }

  async view({ jobId, ...asked }: RequestOf<'jobs:view'>): Promise<BufferDescriptor> {
    return this.#buffers.put(await this.get(jobId).ask({ kind: 'view', ...asked }));
  }

  probe({ jobId, x, y }: RequestOf<'jobs:probe'>): Promise<Probed> {
    return this.get(jobId).ask({ kind: 'probe', x, y });
  }

  seam(jobId: string): Promise<SeamMismatch> {
    return this.get(jobId).ask({ kind: 'seam' });
  }

  /** Ends every process. What was not over, or failed with something kept, can be resumed by the next host. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#queue.close();
    await this.#known.close();
  }

  #make(
    jobId: string,
    request: JobRequest,
    files: ReadonlyMap<string, FileSource>,
    folder: JobFolder | null,
    { isKept = false, ...before }: Pick<JobParts, 'finished' | 'earlier'> & { isKept?: boolean } = {},
  ): Job {
    const { launch, listenEvery, providerMemory } = this.#ports;
    const wanted = taskOf(request, (id) => {
      const { path, name } = files.get(id)!;
      return { path, name };
    });
    const task = { ...wanted, ...defined({ providerMemory }) };
    const tools = { launch, listenEvery, buffers: this.#buffers };
    const parts = { jobId, request, task, folder, ...tools, ...before };
    return new Job(
      { ...parts, emit: (message) => this.#ports.emit(message), onRest: () => this.#queue.pump() },
      isKept,
    );
  }

  async #recover(jobId: string): Promise<void> {
    const { folder, handles, files, putBack } = await this.#folders.reopen(jobId);
    if (this.#isClosed) {
      await putBack();
      throw closing();
    }
    const request = withHandles(folder.request, handles);
    const job = this.#make(jobId, request, files, folder, { isKept: true });
    this.#known.add(job, { release: this.#images.hold([...handles.values()]) });
    // The page that shows it opens photographs; masks it has no need of.
    await this.#images.close(masksIn(request));
    if (folder.standing.isOver) job.recall();
    else this.#queue.enter(job);
    this.#known.forgetOld();
  }
}

/** Who still waited for something must not begin a process that nobody ends. */
function closing(): SeamfieldError {
  return new SeamfieldError('cancelled', 'Seamfield is closing.');
}
