import type { EventMessage } from '../../src-shared/contract/events.ts';
import { applyEvent, fromDetail, isActive } from '../stores/job.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { followed } from './followed.ts';
import { fusedOf, isShowable, photographOf } from './job-commands.ts';
import type { PictureLoader } from './picture-loader.ts';
import { PreviewTaker, type Preview } from './preview-taker.ts';

const watched = [
  'job:queued',
  'job:preparing',
  'job:started',
  'job:paused',
  'job:progress',
  'job:silent',
  'job:finished',
  'job:failed',
  'job:kept',
] as const;

/** The job that is kept, and the photographs it is about. */
export interface Watched extends Pick<Session, 'job' | 'image' | 'second' | 'alpha'> {
  /** Whether somebody sees what the job comes to. */
  readonly isLookedAt: boolean;
}

/** Keeps the session's job as the host has it: through events, and by asking after a reload or a lost connection. */
export class JobWatcher {
  readonly #transport: Transport;
  readonly #session: Watched;
  readonly #pictures: Pick<Pictures, 'preview'>;
  readonly #loader: PictureLoader;
  readonly #report: (error: unknown) => void;
  readonly #taker: PreviewTaker;

  /** @param drawn see PreviewTaker */
  constructor(
    transport: Transport,
    session: Watched,
    pictures: Pick<Pictures, 'preview'>,
    loader: PictureLoader,
    report: (error: unknown) => void,
    drawn?: () => Promise<void>,
  ) {
    this.#transport = transport;
    this.#session = session;
    this.#pictures = pictures;
    this.#loader = loader;
    this.#report = report;
    this.#taker = new PreviewTaker({
      transport,
      lookedAt: () => (session.isLookedAt && isActive(session.job) ? session.job.jobId : null),
      show: (preview) => this.#show(preview),
      drawn,
    });
  }

  /** Begin to listen. Returns the function that ends it. */
  start(): () => void {
    const ends = watched.map((event) =>
      this.#transport.on(event, (payload) => this.#apply({ event, payload } as EventMessage)),
    );
    ends.push(this.#transport.on('job:preview', (preview) => this.#taker.offer(preview)));
    const over = ({ jobId }: { readonly jobId: string }) => this.#taker.forget(jobId);
    for (const event of ['job:finished', 'job:failed', 'job:gone'] as const) {
      ends.push(this.#transport.on(event, over));
    }
    return () => ends.forEach((end) => end());
  }

  /** Whether somebody sees what the job comes to, or which job it is, may have changed. */
  look(): void {
    this.#taker.look();
  }

  /**
   * Ask the host for the job on show. Where there is none, show the one that this page had before it was reloaded
   * (`remembered`), or whatever is running.
   */
  async catchUp(remembered: string | null): Promise<void> {
    const { job, image } = this.#session;
    if (job !== null) return this.#refresh(job.jobId, () => this.#session.job?.jobId === job.jobId);
    if (image !== null) return;
    const jobs = await this.#transport.request('jobs:list', {});
    const running = ['queued', 'preparing', 'training', 'paused'];
    const found =
      jobs.find(({ jobId, state }) => jobId === remembered && [...running, 'finished'].includes(state)) ??
      jobs.find(({ state }) => running.includes(state));
    if (found === undefined || !isShowable(found.request)) return;
    const imageId = photographOf(found.request);
    const shown = await this.#transport.request('images:get', { imageId });
    const fused = await fusedOf(this.#transport, found.request);
    // In the meantime the user may have opened another photograph.
    if (this.#session.image !== null) return;
    Object.assign(this.#session, { image: shown, ...fused });
    await this.#refresh(found.jobId, () => this.#session.job === null && this.#session.image?.id === imageId);
  }

  /** @param isWanted whether the session still waits for this job; another that it has by then is left alone */
  async #refresh(jobId: string, isWanted: () => boolean): Promise<void> {
    try {
      let made: Preview | undefined;
      const job = await followed(this.#transport, async () => {
        const detail = await this.#transport.request('jobs:get', { jobId });
        made = detail.preview && { jobId, ...detail.preview };
        return fromDetail(detail);
      });
      if (!isWanted()) return;
      this.#session.job = job;
      if (made !== undefined) this.#taker.offer(made);
    } catch (error) {
      if (!isWanted()) return;
      // The host was started anew and knows neither the job nor its photograph.
      this.#session.job = null;
      this.#session.image = null;
      throw error;
    }
  }

  #apply(message: EventMessage): void {
    const { job } = this.#session;
    if (job === null) return;
    const next = applyEvent(job, message);
    if (next === job) return;
    this.#session.job = next;
    if (next.state === 'failed' && job.state !== 'failed') this.#report(next.error);
  }

  async #show({ jobId, ...descriptor }: Preview): Promise<void> {
    const preview = await this.#loader.fetch(descriptor);
    const { job } = this.#session;
    if (isActive(job) && job.jobId === jobId) this.#pictures.preview = preview;
  }
}
