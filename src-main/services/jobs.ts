import type { RequestOf } from '../../src-shared/contract/channels.ts';
import type {
  BufferDescriptor,
  JobDetail,
  JobRequest,
  JobSummary,
} from '../../src-shared/contract/schemas.ts';
import type { Probed, SeamMismatch } from '../../src-shared/model/inspection.ts';
import type { Buffers } from './buffers.ts';
import { newHandle, unknownHandle } from './handle.ts';
import type { Images } from './images.ts';
import { Job } from './job.ts';
import type { Ports } from './ports.ts';
import { taskOf } from './task-of.ts';

/** Each kept job holds a process with its network; beyond these the oldest that is over is dropped. */
const keptJobs = 8;

/** Trainings, running and finished, newest first. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #ports: Pick<Ports, 'launch' | 'emit'>;
  readonly #images: Images;
  readonly #buffers: Buffers;

  constructor(ports: Pick<Ports, 'launch' | 'emit'>, images: Images, buffers: Buffers) {
    this.#ports = ports;
    this.#images = images;
    this.#buffers = buffers;
  }

  start(request: JobRequest): { jobId: string } {
    const task = taskOf(request, (imageId) => this.#images.fileOf(imageId));
    const { launch } = this.#ports;
    const jobId = newHandle();
    const tools = { launch, buffers: this.#buffers, emit: this.#ports.emit.bind(this.#ports) };
    this.#jobs.set(jobId, new Job(jobId, request, task, tools));
    this.#dropOld();
    return { jobId };
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

  async view({ jobId, of, view }: RequestOf<'jobs:view'>): Promise<BufferDescriptor> {
    return this.#buffers.put(await this.get(jobId).ask({ kind: 'view', of, view }));
  }

  probe({ jobId, x, y }: RequestOf<'jobs:probe'>): Promise<Probed> {
    return this.get(jobId).ask({ kind: 'probe', x, y });
  }

  seam(jobId: string): Promise<SeamMismatch> {
    return this.get(jobId).ask({ kind: 'seam' });
  }

  /** Ends every process. */
  async close(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((job) => job.close()));
    this.#jobs.clear();
  }

  #dropOld(): void {
    for (const [jobId, job] of this.#jobs) {
      if (this.#jobs.size <= keptJobs) return;
      if (job.isActive) continue;
      this.#jobs.delete(jobId);
      void job.close();
    }
  }
}
