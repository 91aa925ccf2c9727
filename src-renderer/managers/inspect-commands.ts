import type { Inspector } from '../stores/inspector.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';

/** What a user can have done in the inspector. Each rejects with the host's error. */
export class InspectCommands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #inspector: Inspector;
  /** The job whose seam is known or asked for. */
  #seamOf: string | null = null;

  constructor(transport: Transport, session: Session, inspector: Inspector) {
    this.#transport = transport;
    this.#session = session;
    this.#inspector = inspector;
  }

  /** Save the network; what the host found in the file is kept beside it. */
  async saveNetwork(): Promise<string | null> {
    const { job } = this.#session;
    if (job === null) return null;
    const { jobId } = job;
    const { saved, url, name, model } = await this.#transport.request('exports:save', {
      jobId,
      what: 'onnx',
    });
    if (model !== undefined) this.#inspector.model = { ...model, jobId };
    if (!saved) return null;
    if (url !== undefined) this.#transport.download(url, name ?? '');
    return name ?? '';
  }

  /** Ask for the seam of the job on show, once it is known, and forget that of another. */
  async updateSeam(): Promise<void> {
    const { job } = this.#session;
    const isKnown = job !== null && ['training', 'paused', 'finished'].includes(job.state);
    const jobId = isKnown && job.request.kind === 'clone' ? job.jobId : null;
    if (jobId === this.#seamOf) return;
    this.#seamOf = jobId;
    this.#inspector.seam = null;
    if (jobId === null) return;
    try {
      const seam = await this.#transport.request('jobs:seam', { jobId });
      if (this.#seamOf === jobId) this.#inspector.seam = seam;
    } catch (error) {
      if (this.#seamOf === jobId) this.#seamOf = null;
      throw error;
    }
  }
}
