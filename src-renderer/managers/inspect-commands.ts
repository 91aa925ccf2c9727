import type { ViewRange } from '../../src-shared/view/render-view.ts';
import type { RequestOf } from '../../src-shared/contract/channels.ts';
import { isColoured, rangesOf } from '../stores/inspected.ts';
import { fitted, type Inspector } from '../stores/inspector.svelte.ts';
import type { PaneExport } from '../stores/pane-export.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';

/** What a user can have done in the inspector. Each rejects with the host's error. */
export class InspectCommands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #inspector: Inspector;
  readonly #paneExport: PaneExport;
  /** The job whose seam is known or asked for. */
  #seamOf: string | null = null;

  constructor(transport: Transport, session: Session, inspector: Inspector, paneExport: PaneExport) {
    this.#transport = transport;
    this.#session = session;
    this.#inspector = inspector;
    this.#paneExport = paneExport;
  }

  /** Save what the active pane shows. The name under which it was saved; null where the user cancelled. */
  async savePane(): Promise<string | null> {
    const { job } = this.#session;
    const { active, panes } = this.#inspector;
    const choice = panes[active];
    if (job === null || choice === undefined) return null;
    const { of, minus, view } = fitted(choice, job.request);
    const range = this.#rangeOf(active);
    const { format, bitDepth, scale } = this.#paneExport;
    const isDeep = format === 'png' || format === 'tiff';
    return this.#save({
      jobId: job.jobId,
      what: format,
      of,
      view,
      ...(minus !== null && { minus }),
      ...(isDeep && { bitDepth }),
      ...(of === 'network' && minus === null && { scale }),
      ...(range !== null && { range: [range[0], range[1]] as [number, number] }),
    });
  }

  /** Save the network; what the host found in the file is kept beside it. */
  async saveNetwork(): Promise<string | null> {
    const { job } = this.#session;
    return job === null ? null : this.#save({ jobId: job.jobId, what: 'onnx' });
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

  #rangeOf(pane: number): ViewRange | null {
    const picture = this.#inspector.pictures[pane] ?? null;
    return picture === null || !isColoured(picture)
      ? null
      : (rangesOf(this.#inspector.pictures)[pane] ?? null);
  }

  async #save(request: RequestOf<'exports:save'>): Promise<string | null> {
    const { saved, url, name, model } = await this.#transport.request('exports:save', request);
    if (model !== undefined) this.#inspector.model = { ...model, jobId: request.jobId };
    if (!saved) return null;
    if (url !== undefined) this.#transport.download(url, name ?? '');
    return name ?? '';
  }
}
