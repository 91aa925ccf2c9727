import { defined } from '../jobs/defined.ts';
import type { Waiting } from '../jobs/process.ts';
import type { Ports } from './ports.ts';

/** Requests under way that a page may follow and cancel, by the ticket that it gave them. */
export class Tickets {
  readonly #running = new Map<string, AbortController>();
  readonly #emit: Ports['emit'];

  constructor(emit: Ports['emit']) {
    this.#emit = emit;
  }

  /** What `work` comes to, which without a ticket nobody follows. */
  async follow<T>(ticket: string | undefined, work: (waiting: Waiting) => Promise<T>): Promise<T> {
    if (ticket === undefined) return work({});
    const own = new AbortController();
    this.#running.set(ticket, own);
    try {
      return await work({
        signal: own.signal,
        work: ({ stage, share }) =>
          this.#emit({ event: 'request:progress', payload: { ticket, stage, ...defined({ share }) } }),
      });
    } finally {
      this.#running.delete(ticket);
    }
  }

  /** Too late it does nothing. */
  cancel(ticket: string): void {
    this.#running.get(ticket)?.abort();
  }
}
