import { exchange, type Asked, type Exchanged } from './exchange.ts';

type Exchange = (asked: Asked) => Promise<Exchanged>;

/** What of a worker is used here. */
export type ExchangeWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/**
 * Exchanges in a worker of its own, begun with the first one, so that the page's own thread, which paints, neither sends
 * nor receives: a fetch takes it milliseconds. Where a browser has no worker for us, the page does it by itself.
 */
export class Exchanger {
  readonly #start: () => ExchangeWorker;
  readonly #byItself: Exchange;
  readonly #waiting = new Map<
    number,
    { readonly asked: Asked; readonly settle: (made: Exchanged) => void }
  >();
  /** Null where there is none to be had. */
  #worker: ExchangeWorker | null | undefined;
  #count = 0;

  /** @param byItself what stands in for a worker */
  constructor(start: () => ExchangeWorker = startWorker, byItself: Exchange = exchange) {
    this.#start = start;
    this.#byItself = byItself;
  }

  /** Never rejects. */
  exchange(asked: Asked): Promise<Exchanged> {
    if (this.#worker === undefined) this.#worker = this.#begun();
    const worker = this.#worker;
    if (worker === null) return this.#byItself(asked);
    const id = ++this.#count;
    return new Promise((settle) => {
      this.#waiting.set(id, { asked, settle });
      worker.postMessage({ id, ...asked });
    });
  }

  #begun(): ExchangeWorker | null {
    let worker: ExchangeWorker;
    try {
      worker = this.#start();
    } catch {
      return null;
    }
    worker.addEventListener('message', (event) => {
      const { id, ...made } = (event as MessageEvent<Exchanged & { readonly id: number }>).data;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      waiting?.settle(made);
    });
    worker.addEventListener('error', () => this.#goOnWithout(worker));
    return worker;
  }

  /** What the worker was asked and did not do is done here, as is all that follows. */
  #goOnWithout(worker: ExchangeWorker): void {
    worker.terminate();
    this.#worker = null;
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { asked, settle } of left) void this.#byItself(asked).then(settle);
  }
}

function startWorker(): ExchangeWorker {
  return new Worker(new URL('./exchange-worker.ts', import.meta.url), { type: 'module' });
}
