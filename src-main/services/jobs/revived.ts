import { fellSilent } from '../../jobs/death-of.ts';
import type { JobEvents, JobProcess } from '../../jobs/process.ts';

/**
 * A process that only holds what was kept of a training: made when first asked for, again where it has died, and let
 * go when the training goes on or is forgotten.
 */
export class Revived {
  readonly #begin: (events: JobEvents) => JobProcess;
  readonly #onRead: NonNullable<JobEvents['finished']>;
  #held: Promise<JobProcess> | null = null;

  /**
   * @param begin starts a process that comes to what was kept, and tells of it
   * @param onRead told each time what was kept has been read
   */
  constructor(begin: (events: JobEvents) => JobProcess, onRead: NonNullable<JobEvents['finished']>) {
    this.#begin = begin;
    this.#onRead = onRead;
  }

  /** Rejects with why nothing could be read; tried again the next time. */
  async process(): Promise<JobProcess> {
    const held = (this.#held ??= this.#read());
    let process: JobProcess;
    try {
      process = await held;
    } catch (thrown) {
      this.#forget(held);
      throw thrown;
    }
    if (!process.hasEnded) return process;
    this.#forget(held);
    return this.process();
  }

  /** Resolves once its process, if any, is gone. */
  async drop(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    await held?.then(
      (process) => process.cancel(),
      () => undefined,
    );
  }

  #read(): Promise<JobProcess> {
    return new Promise((resolve, reject) => {
      const process = this.#begin({
        finished: (metrics) => {
          this.#onRead(metrics);
          resolve(process);
        },
        // Nothing is lost with it, and who waits for it shall not wait for ever.
        silent: (isSilent) => {
          if (isSilent) process.end(fellSilent());
        },
        failed: (error) => {
          void process.cancel();
          reject(error);
        },
      });
    });
  }

  #forget(held: Promise<JobProcess>): void {
    if (this.#held === held) this.#held = null;
  }
}
