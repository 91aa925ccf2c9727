import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { BufferDescriptor } from '../../src-shared/contract/image-schemas.ts';
import type { JobDetail, JobSummary, Recoverable } from '../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Probed, SeamMismatch } from '../../src-shared/model/inspection.ts';
import type { Budget } from '../../src-shared/model/training.ts';
import { defined } from '../jobs/defined.ts';
import type { FileSource, RestoreTask } from '../jobs/protocol.ts';
import type { Buffers } from './buffers.ts';
import { newHandle, unknownHandle } from './handle.ts';
import { handlesIn, masksIn, subjectOf, withHandles } from './handles-in.ts';
import type { Images } from './images.ts';
import { Job } from './job.ts';
import type { JobParts } from './job.ts';
import { JobFolder, recoverableIn } from './job-folder.ts';
import type { EarlierTraining } from './job-folder.ts';
import { hostLimits } from './limits.ts';
import type { Ports } from './ports.ts';
import { briefReasonOf } from './projects/disk.ts';
import { taskOf } from './task-of.ts';

/** Beyond these the oldest that is over is dropped. */
const keptJobs = 8;
/** So many of them hold a process with their network; the others have one when they are asked for something. */
const keptProcesses = 2;

type JobPorts = Pick<
  Ports,
  'launch' | 'emit' | 'jobsFolder' | 'trainingsAtOnce' | 'listenEvery' | 'providerMemory' | 'limits'
>;

/** Trainings, waiting, running and over: who works when, and what is kept of them. */
export class Jobs {
  /** In the order in which they came. */
  readonly #jobs = new Map<string, Job>();
  /** Who waits for a turn, the next one first. */
  #queue: Job[] = [];
  readonly #ports: JobPorts;
  readonly #images: Images;
  readonly #buffers: Buffers;
  /** What to let go of when a job is forgotten. */
  readonly #held = new Map<Job, () => Promise<void>>();
  /** Files of somebody's work that a job comes to what it was from, as long as it is not forgotten. */
  readonly #borrowed = new Map<Job, readonly string[]>();
  /** How many are about to join the queue. */
  #starting = 0;
  /** Earlier hosts' that are about to become this one's: two jobs would write into one folder. */
  readonly #recovering = new Set<string>();
  #isClosed = false;

  constructor(ports: JobPorts, images: Images, buffers: Buffers) {
    this.#ports = ports;
    this.#images = images;
    this.#buffers = buffers;
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
    const { folder, error } = await this.#folderFor(jobId, request, handles);
    const files = new Map(handles.map((id) => [id, folder?.files[id] ?? this.#images.inputOf(id)]));
    if (this.#isClosed) {
      await Promise.all([folder?.remove(), release()]);
      throw closing();
    }
    const job = this.#make(jobId, request, files, folder);
    this.#held.set(job, release);
    if (folder !== null) {
      // It has files of its own.
      const copies = handles.map((id) => [id, folder.files[id]!.path] as const);
      this.#held.set(job, this.#images.holdCopied(new Map(copies)));
      void release();
    }
    this.#enqueue(job);
    if (error !== undefined) {
      const envelope = error.toEnvelope() as NonNullable<JobSummary['error']>;
      this.#ports.emit({ event: 'job:unsaved', payload: { jobId, error: envelope } });
    }
    this.#dropOld();
    const at = this.#queue.indexOf(job) + 1;
    return { jobId, ...(at > 0 && { position: at }) };
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
    const later = earlier && this.#unpacking(jobId, request, handles, earlier);
    const job = this.#make(jobId, request, files, null, { finished, ...defined({ earlier: later }) });
    this.#held.set(job, release);
    this.#borrowed.set(job, [networkPath, ...(earlier === undefined ? [] : [earlier.checkpoint])]);
    job.recall();
    this.#dropOld();
    return job.detail;
  }

  /** Files that are not theirs and that trainings read. */
  get borrowed(): string[] {
    return [...this.#borrowed.values()].flat();
  }

  /** Undefined for one that is not kept any more. */
  find(jobId: string): Job | undefined {
    return this.#jobs.get(jobId);
  }

  /** Throws `unknown-handle`. */
  get(jobId: string): Job {
    const job = this.#jobs.get(jobId);
    if (job === undefined) throw unknownHandle('job', jobId);
    return job;
  }

  list(): JobSummary[] {
    return [...this.#jobs.values()].reverse().map((job) => job.summary);
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
    if (job.canContinue) this.#enqueue(job, 1);
  }

  /** Ends training with what there is; of a job that has not begun there is nothing. */
  async stop(jobId: string): Promise<void> {
    const job = this.get(jobId);
    if (job.isActive && !job.hasProcess) return this.cancel(jobId);
    this.#leaveQueue(job);
    job.stop();
  }

  async cancel(jobId: string): Promise<void> {
    const job = this.get(jobId);
    this.#leaveQueue(job);
    await job.cancel();
    this.#pump();
  }

  /** Throws `not-allowed` for a job that does not wait. */
  move({ jobId, to }: RequestOf<'jobs:move'>): void {
    const job = this.get(jobId);
    if (!this.#queue.includes(job)) {
      throw new SeamfieldError('not-allowed', 'Only a training that waits can be moved in the queue.');
    }
    this.#leaveQueue(job);
    this.#enqueue(job, to);
  }

  async trainFurther(jobId: string, budget: Budget): Promise<void> {
    const job = this.get(jobId);
    await job.trainFurther(budget);
    // It may have been cancelled meanwhile.
    if (job.isQueued) this.#enqueue(job);
  }

  /** Throws `not-allowed` for a job that has not failed, `unknown-handle`, and what opening its photographs throws. */
  async resume(jobId: string): Promise<void> {
    const known = this.#jobs.get(jobId);
    if (known !== undefined) {
      known.resume();
      return this.#enqueue(known);
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
    const { jobsFolder } = this.#ports;
    if (jobsFolder === undefined) return [];
    return (await recoverableIn(jobsFolder)).filter(({ jobId }) => !this.#jobs.has(jobId));
  }

  /** Throws `not-allowed` for a job that is not over. */
  async discard(jobId: string): Promise<void> {
    const job = this.#jobs.get(jobId);
    if (job !== undefined) {
      if (job.isActive)
        throw new SeamfieldError('not-allowed', 'This training is not over; cancel it first.');
      return this.#drop(job);
    }
    const { jobsFolder } = this.#ports;
    const found = (await this.recoverable()).some((left) => left.jobId === jobId);
    if (jobsFolder === undefined || !found) throw unknownHandle('job', jobId);
    await rm(join(jobsFolder, jobId), { recursive: true, force: true });
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
    this.#queue = [];
    await Promise.all(
      [...this.#jobs.values()].map(async (job) => {
        const isUnfinished = job.isActive || (job.summary.state === 'failed' && job.isKept);
        await job.close();
        if (!isUnfinished) await job.folder?.remove();
        await this.#held.get(job)?.();
      }),
    );
    this.#jobs.clear();
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
    const job = new Job(
      { ...parts, emit: (message) => this.#ports.emit(message), onRest: () => this.#pump() },
      isKept,
    );
    this.#jobs.set(jobId, job);
    return job;
  }

  /** Null where nothing is to be kept, or where the disk doesn't let it: training is worth more than its safety. */
  async #folderFor(
    jobId: string,
    request: JobRequest,
    handles: readonly string[],
  ): Promise<{ folder: JobFolder | null; error?: SeamfieldError }> {
    const { jobsFolder } = this.#ports;
    if (jobsFolder === undefined) return { folder: null };
    const inputs = new Map(handles.map((id) => [id, this.#images.inputOf(id)]));
    const { name } = this.#images.get(subjectOf(request));
    try {
      return { folder: await JobFolder.create(join(jobsFolder, jobId), request, name, inputs) };
    } catch (cause) {
      const why = `This training can’t be kept safe (${briefReasonOf(cause)}); make room there. It runs nevertheless.`;
      return { folder: null, error: new SeamfieldError('unwritable-output', why) };
    }
  }

  /** How a training of earlier comes to a folder; undefined where this host keeps none. */
  #unpacking(
    jobId: string,
    request: JobRequest,
    handles: readonly string[],
    earlier: EarlierTraining,
  ): JobParts['earlier'] {
    const { jobsFolder } = this.#ports;
    if (jobsFolder === undefined) return undefined;
    // The page may close them; the files stay for the job.
    const inputs = new Map(handles.map((id) => [id, this.#images.inputOf(id)]));
    const { name } = this.#images.get(subjectOf(request));
    const make = () => JobFolder.create(join(jobsFolder, jobId), request, name, inputs, earlier);
    let made: Promise<JobFolder> | undefined;
    const { leg, budget } = earlier;
    return {
      leg,
      budget,
      unpack: async () => {
        made ??= make();
        try {
          return await made;
        } catch (cause) {
          made = undefined;
          const why = `This training can’t be gone on with just now (${briefReasonOf(cause)}); make room there.`;
          throw new SeamfieldError('unwritable-output', why);
        }
      },
    };
  }

  async #recover(jobId: string): Promise<void> {
    const { jobsFolder } = this.#ports;
    if (jobsFolder === undefined) throw unknownHandle('job', jobId);
    const folder = await JobFolder.adopt(join(jobsFolder, jobId));
    const handles = new Map<string, string>();
    const files = new Map<string, FileSource>();
    try {
      for (const [id, file] of Object.entries(folder.files)) {
        const opened = await this.#images.add(file);
        handles.set(id, opened.id);
        files.set(opened.id, file);
      }
      if (this.#isClosed) throw closing();
    } catch (thrown) {
      // Its photograph may come back; until then it stays what was left.
      await this.#images.close([...handles.values()]);
      await folder.giveBack();
      throw thrown;
    }
    const request = withHandles(folder.request, handles);
    const job = this.#make(jobId, request, files, folder, { isKept: true });
    this.#held.set(job, this.#images.hold([...handles.values()]));
    // The page that shows it opens photographs; masks it has no need of.
    await this.#images.close(masksIn(request));
    if (folder.standing.isOver) job.recall();
    else this.#enqueue(job);
    this.#dropOld();
  }

  /** @param place 1 is next; last where absent */
  #enqueue(job: Job, place = this.#queue.length + 1): void {
    if (this.#isClosed) return;
    job.queueUp();
    this.#queue.splice(place - 1, 0, job);
    this.#pump();
  }

  #leaveQueue(job: Job): void {
    const at = this.#queue.indexOf(job);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  /** Lets whoever is next have a free place, and tells the others where they stand. */
  #pump(): void {
    if (this.#isClosed) return;
    const { trainingsAtOnce = 1 } = this.#ports;
    // A paused one may have died while it waited.
    this.#queue = this.#queue.filter((job) => job.isQueued);
    const working = () => [...this.#jobs.values()].filter((job) => job.isWorking).length;
    while (this.#queue.length > 0 && working() < trainingsAtOnce) this.#queue.shift()!.go();
    this.#queue.forEach((job, i) => job.wait(i + 1));
    const atRest = [...this.#jobs.values()].filter((job) => !job.isActive);
    for (const job of atRest.slice(0, -keptProcesses)) job.release();
  }

  #dropOld(): void {
    for (const job of this.#jobs.values()) {
      if (this.#jobs.size <= keptJobs) return;
      // What of it can't be removed now, the next host removes.
      if (!job.isActive && !job.isAsked) void this.#drop(job).catch(() => undefined);
    }
  }

  async #drop(job: Job): Promise<void> {
    this.#jobs.delete(job.jobId);
    this.#ports.emit({ event: 'job:gone', payload: { jobId: job.jobId } });
    await job.close();
    try {
      await job.folder?.remove();
    } finally {
      this.#borrowed.delete(job);
      await this.#held.get(job)?.();
      this.#held.delete(job);
    }
  }
}

/** Who still waited for something must not begin a process that nobody ends. */
function closing(): SeamfieldError {
  return new SeamfieldError('cancelled', 'Seamfield is closing.');
}
