import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { JobProcess, type Waiting } from '../jobs/process.ts';
import type { Launch } from '../jobs/port.ts';
import type { AnswerTo } from '../jobs/answers.ts';
import type { FileQuestion } from '../jobs/questions.ts';

/**
 * A process that looks at photographs and at what could become of them, started when first asked and again should it
 * have died, or been ended because it gave no sign of life.
 */
export class Viewer {
  readonly #launch: Launch;
  readonly #listenEvery: number | undefined;
  #process: JobProcess | null = null;
  #isClosed = false;

  /** @param listenEvery see Ports */
  constructor(launch: Launch, listenEvery?: number) {
    this.#launch = launch;
    this.#listenEvery = listenEvery;
  }

  /** Rejects with `cancelled` once it is closed: who still waited for a turn must not start a process nobody ends. */
  ask<Q extends FileQuestion>(question: Q, waiting: Waiting = {}): Promise<AnswerTo<Q>> {
    if (this.#isClosed) return Promise.reject(new SeamfieldError('cancelled', 'Seamfield is closing.'));
    if (this.#process === null || this.#process.hasEnded)
      this.#process = new JobProcess(this.#launch, {}, this.#listenEvery);
    return this.#process.ask(question, waiting);
  }

  /** Lets go of what it holds of files that are closed. */
  forget(paths: readonly string[]): void {
    if (paths.length > 0 && this.#process?.hasEnded === false) this.#process.forget(paths);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#process?.cancel();
    this.#process = null;
  }
}
