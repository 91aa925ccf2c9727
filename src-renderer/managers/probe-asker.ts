import type { Probed } from '../../src-shared/model/inspection.ts';
import type { Point } from '../../src-shared/model/point.ts';
import type { Transport } from '../transport/transport.ts';

/** At most so many questions a second. */
const perSecond = 20;

/** Asks for exact numbers under a moving pointer: one question in flight, never too often, the latest place wins. */
export class ProbeAsker {
  readonly #transport: Pick<Transport, 'request'>;
  readonly #answered: (probed: Probed | null) => void;
  #wanted: { readonly jobId: string; readonly at: Point } | null = null;
  #asking = false;

  constructor(transport: Pick<Transport, 'request'>, answered: (probed: Probed | null) => void) {
    this.#transport = transport;
    this.#answered = answered;
  }

  /** @param at in picture pixels, (0, 0) the corner of the first; null where nobody points */
  ask(jobId: string | null, at: Point | null): void {
    this.#wanted = jobId === null || at === null ? null : { jobId, at };
    if (this.#wanted === null) this.#answered(null);
    else void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#wanted !== null) {
        const { jobId, at } = this.#wanted;
        const asked = this.#wanted;
        const pause = new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
        const probed = await this.#transport
          .request('jobs:probe', { jobId, x: at.x - 0.5, y: at.y - 0.5 })
          .catch(() => null);
        // A late answer is still nearer than none, unless nobody points any more.
        if (this.#wanted !== null) this.#answered(probed);
        if (this.#wanted === asked) return;
        await pause;
      }
    } finally {
      this.#asking = false;
    }
  }
}
