/** What a worker is posted, and posts back: under the number of the question, what was made of it; nothing where it failed. */
export interface Posted<Asked> {
  readonly id: number;
  readonly asked: Asked;
}
export interface Answered<Made> {
  readonly id: number;
  readonly made?: Made;
}

type Work<Asked, Made> = (asked: Asked) => Promise<Made>;

/** What of a worker is used here. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/**
 * Work done in a worker of its own, begun when first asked for, so that the page's own thread, which paints, is spared it.
 * What is asked is copied at once. Where a browser has no worker for us, or it fails, the page does the work by itself.
 */
export class InWorker<Asked, Made> {
  readonly #start: () => WorkerLike;
  readonly #byItself: Work<Asked, Made>;
  readonly #waiting = new Map<
    number,
    { readonly asked: Asked; readonly settle: (made: Promise<Made>) => void }
  >();
  /** Null where there is none to be had. */
  #worker: WorkerLike | null | undefined;
  #count = 0;

  /** @param byItself the same work, in this thread */
  constructor(start: () => WorkerLike, byItself: Work<Asked, Made>) {
    this.#start = start;
    this.#byItself = byItself;
  }

  /** Rejects with what the work, done by the page, rejects with. */
  ask(asked: Asked): Promise<Made> {
    if (this.#worker === undefined) this.#worker = this.#begun();
    const worker = this.#worker;
    if (worker === null) return this.#byItself(asked);
    const id = ++this.#count;
    return new Promise((settle) => {
      this.#waiting.set(id, { asked, settle });
      try {
        worker.postMessage({ id, asked } satisfies Posted<Asked>);
      } catch {
        // No room for the copy, say: what is done here needs none.
        this.#waiting.delete(id);
        settle(this.#byItself(asked));
      }
    });
  }

  #begun(): WorkerLike | null {
    let worker: WorkerLike;
    try {
      worker = this.#start();
    } catch {
      return null;
    }
    worker.addEventListener('message', (event) => {
      const { id, made } = (event as MessageEvent<Answered<Made>>).data;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      waiting?.settle(made === undefined ? this.#byItself(waiting.asked) : Promise.resolve(made));
    });
    // What can't be read has no number either: whose answer it was is not known.
    for (const end of ['error', 'messageerror'] as const) {
      worker.addEventListener(end, () => this.#goOnWithout(worker));
    }
    return worker;
  }

  /** What the worker was asked and did not do is done here, as is all that follows. */
  #goOnWithout(worker: WorkerLike): void {
    worker.terminate();
    this.#worker = null;
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { asked, settle } of left) settle(this.#byItself(asked));
  }
}
