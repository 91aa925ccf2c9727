import type { EventOf } from '../../src-shared/contract/events.ts';
import type { Transport } from '../transport/transport.ts';

export type Preview = EventOf<'job:preview'>;

interface Parts {
  readonly transport: Pick<Transport, 'request'>;
  /** The job whose previews are to be seen at this moment; null where none are, or nobody sees the page. */
  readonly lookedAt: () => string | null;
  /** Fetches and shows one. Rejects where it was replaced by a later one. */
  readonly show: (preview: Preview) => Promise<void>;
  /** Resolves once what was last shown has been drawn. */
  readonly drawn?: (() => Promise<void>) | undefined;
}

/**
 * Takes the previews of running jobs while they are looked at. Of the others the latest waits untouched, and without its
 * acknowledgement the job makes hardly any more.
 */
export class PreviewTaker {
  readonly #parts: Parts;
  readonly #waiting = new Map<string, Preview>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The host has a new one; those before it are gone. */
  offer(preview: Preview): void {
    this.#waiting.set(preview.jobId, preview);
    this.look();
  }

  /** What is looked at may have changed. */
  look(): void {
    const jobId = this.#parts.lookedAt();
    if (jobId === null) return;
    const preview = this.#waiting.get(jobId);
    if (preview === undefined) return;
    this.#waiting.delete(jobId);
    void this.#take(preview);
  }

  /** The job makes no more. */
  forget(jobId: string): void {
    this.#waiting.delete(jobId);
  }

  async #take(preview: Preview): Promise<void> {
    const { transport, show, drawn = afterFrame } = this.#parts;
    // One already replaced by a later one: that is on its way.
    await show(preview).catch(() => undefined);
    await drawn();
    const { jobId, step } = preview;
    await transport.request('jobs:ack', { jobId, step }).catch(() => undefined);
  }
}

/** Once the next frame has been drawn, which a hidden page's is when it is seen again. */
function afterFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
