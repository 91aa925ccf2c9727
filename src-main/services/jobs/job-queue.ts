import type { Job } from './job.ts';

/** So many of those at rest hold a process with their network; the others have one when they are asked for something. */
const keptProcesses = 2;

/** Which training works when: whose turn is next, and whose processes are let go. */
export class JobQueue {
  /** Who waits for a turn, the next one first. */
  #waiting: Job[] = [];
  readonly #jobs: () => readonly Job[];
  readonly #atOnce: number;
  #isClosed = false;

  /**
   * @param jobs all that are known, the oldest first
   * @param atOnce how many work at a time
   */
  constructor(jobs: () => readonly Job[], atOnce = 1) {
    this.#jobs = jobs;
    this.#atOnce = atOnce;
  }

  get length(): number {
    return this.#waiting.length;
  }

  has(job: Job): boolean {
    return this.#waiting.includes(job);
  }

  /** 1 is next; undefined where it does not wait. */
  placeOf(job: Job): number | undefined {
    const at = this.#waiting.indexOf(job);
    return at < 0 ? undefined : at + 1;
  }

  /** @param place 1 is next; last where absent */
  enter(job: Job, place = this.#waiting.length + 1): void {
    if (this.#isClosed) return;
    job.queueUp();
    this.#waiting.splice(place - 1, 0, job);
    this.pump();
  }

  leave(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /** Lets whoever is next have a free place, and tells the others where they stand. */
  pump(): void {
    if (this.#isClosed) return;
    // A paused one may have died while it waited.
    this.#waiting = this.#waiting.filter((job) => job.isQueued);
    const working = () => this.#jobs().filter((job) => job.isWorking).length;
    while (this.#waiting.length > 0 && working() < this.#atOnce) this.#waiting.shift()!.go();
    this.#waiting.forEach((job, i) => job.wait(i + 1));
    const atRest = this.#jobs().filter((job) => !job.isActive);
    for (const job of atRest.slice(0, -keptProcesses)) job.release();
  }

  /** Nobody has a turn any more. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }
}
