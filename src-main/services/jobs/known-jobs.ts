import type { EventMessage } from '../../../src-shared/contract/events.ts';
import { unknownHandle } from '../handle.ts';
import type { Job } from './job.ts';

/** Beyond these the oldest that is over is forgotten. */
const keptJobs = 8;

/** What a job takes as long as it is not forgotten. */
interface Holding {
  /** Lets its photographs go. */
  readonly release: () => Promise<void>;
  /** Files of somebody's work that it comes to what it was from. */
  readonly borrowed?: readonly string[];
}

/** The trainings of this host that are not forgotten, and what each of them holds until it is. */
export class KnownJobs {
  /** In the order in which they came. */
  readonly #jobs = new Map<string, Job>();
  readonly #holdings = new Map<Job, Holding>();
  /** Those that are being forgotten. */
  readonly #going = new Set<Promise<void>>();
  readonly #emit: (message: EventMessage) => void;

  constructor(emit: (message: EventMessage) => void) {
    this.#emit = emit;
  }

  /** The oldest first. */
  get all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** Files that are not theirs and that trainings read. */
  get borrowed(): string[] {
    return [...this.#holdings.values()].flatMap(({ borrowed = [] }) => borrowed);
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

  add(job: Job, holding: Holding): void {
    this.#jobs.set(job.jobId, job);
    this.#holdings.set(job, holding);
  }

  /** Forgets as many as are too many, none of them active or just asked. */
  forgetOld(): void {
    for (const job of this.#jobs.values()) {
      if (this.#jobs.size <= keptJobs) return;
      // What of it can't be removed now, the next host removes.
      if (!job.isActive && !job.isAsked) void this.forget(job).catch(() => undefined);
    }
  }

  /** Ends its process, deletes its folder and lets go of what it held. Throws what the disk throws. */
  async forget(job: Job): Promise<void> {
    this.#jobs.delete(job.jobId);
    this.#emit({ event: 'job:gone', payload: { jobId: job.jobId } });
    const going = this.#letGo(job);
    this.#going.add(going);
    try {
      await going;
    } finally {
      this.#going.delete(going);
    }
  }

  async #letGo(job: Job): Promise<void> {
    await job.close();
    try {
      await job.folder?.remove();
    } finally {
      const holding = this.#holdings.get(job);
      this.#holdings.delete(job);
      await holding?.release();
    }
  }

  /** Ends every process. What was not over, or failed with something kept, can be resumed by the next host. */
  async close(): Promise<void> {
    await Promise.all(
      this.all.map(async (job) => {
        const isUnfinished = job.isActive || (job.summary.state === 'failed' && job.isKept);
        await job.close();
        // What of it can't be removed now, the next host removes.
        if (!isUnfinished) await job.folder?.remove().catch(() => undefined);
        await this.#holdings.get(job)?.release();
      }),
    );
    await Promise.allSettled(this.#going);
    this.#jobs.clear();
  }
}
