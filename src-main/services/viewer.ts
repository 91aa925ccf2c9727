import { JobProcess } from '../jobs/process.ts';
import type { Launch } from '../jobs/port.ts';
import type { ImageViewQuestion, RawView } from '../jobs/protocol.ts';

/** A process that looks at photographs, started when first asked and again should it have died. */
export class Viewer {
  readonly #launch: Launch;
  #process: JobProcess | null = null;

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  ask(question: ImageViewQuestion): Promise<RawView> {
    if (this.#process === null || this.#process.hasEnded) this.#process = new JobProcess(this.#launch);
    return this.#process.ask(question);
  }

  async close(): Promise<void> {
    await this.#process?.cancel();
    this.#process = null;
  }
}
