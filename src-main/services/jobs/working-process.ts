import type { JobEvents, JobProcess } from '../../jobs/process.ts';

/** The process that works on a training, one at a time. What is kept of a training, another process may read: see Revived. */
export class WorkingProcess {
  readonly #start: (events: JobEvents) => JobProcess;
  #process: JobProcess | null = null;
  #isBehind = false;

  /** @param start starts a process that tells of itself, with no task yet */
  constructor(start: (events: JobEvents) => JobProcess) {
    this.#start = start;
  }

  /** Whether there is one, be it that it has ended by itself. */
  get isThere(): boolean {
    return this.#process !== null;
  }

  /** The one that can be asked and told anything; null where there is none, or it has ended. */
  get alive(): JobProcess | null {
    return this.#process?.hasEnded === false ? this.#process : null;
  }

  /** Whether it has more than could be put on disk. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Starts one that tells of itself until it is let go, in the place of any other. @param work gives it its task */
  begin(events: JobEvents, work: (process: JobProcess) => void): void {
    const process: JobProcess = this.#start({
      ...events,
      checkpoint: (step) => {
        this.#isBehind = false;
        events.checkpoint?.(step);
      },
      unsaved: (error) => {
        this.#isBehind = true;
        events.unsaved?.(error);
      },
      failed: (error) => {
        // A process that was let go tells nothing of the job any more.
        if (this.#process !== process) return;
        this.#process = null;
        // One that refused its task is still there.
        if (!process.hasEnded) void process.cancel();
        events.failed?.(error);
      },
    });
    this.#process = process;
    this.#isBehind = false;
    work(process);
  }

  pause(): void {
    this.#process?.pause();
  }

  /** Ends training with what there is. */
  stop(): void {
    this.#process?.stop();
  }

  ack(step: number): void {
    this.#process?.ack(step);
  }

  /** Ends one that does not answer: it fails with `why`. */
  end(why: Parameters<JobProcess['end']>[0]): void {
    this.#process?.end(why);
  }

  /** There is none from now on; resolves once it is gone. */
  async letGo(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    await process?.cancel();
  }
}
