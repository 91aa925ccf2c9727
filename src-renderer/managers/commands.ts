import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import { fromDetail, hasNetwork, isActive, newJob } from '../stores/job.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { requestOf } from '../stores/training-settings.ts';
import type { Transport } from '../transport/transport.ts';
import { followed, requireAlive } from './followed.ts';
import { settingsFrom } from './preferences.ts';
import { fusedOf } from './job-commands.ts';
import { rememberPhotograph } from './recent-commands.ts';
import { whileBusy } from './while-busy.ts';

/**
 * What a user can have done with a photograph, a reconstruction or a fusion of it, and with whichever job is on show.
 * Each rejects with the host's error and then leaves the session as it was.
 */
export class Commands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #pictures: Pictures;

  constructor(transport: Transport, session: Session, pictures: Pictures) {
    this.#transport = transport;
    this.#session = session;
    this.#pictures = pictures;
  }

  async openSample(name: string): Promise<void> {
    await this.#open(() => this.#transport.request('images:open-sample', { name }));
  }

  async chooseImage(): Promise<void> {
    await this.#open(() => this.#transport.chooseImage());
  }

  async openFile(file: File): Promise<void> {
    await this.#open(() => this.#transport.upload(file));
  }

  /** A photograph that is open at the host already. */
  async take(image: ImageSummary): Promise<void> {
    await this.#open(() => Promise.resolve(image));
  }

  /** What an earlier visit had open: its photograph, its form's settings as JSON, and its finished job. */
  async adopt(image: ImageSummary, settings: string, jobId: string | null): Promise<void> {
    await this.#open(() => Promise.resolve(image), false);
    this.#session.settings = settingsFrom(settings) ?? this.#session.settings;
    if (jobId !== null) {
      const job = fromDetail(await this.#transport.request('jobs:get', { jobId }));
      Object.assign(this.#session, await fusedOf(this.#transport, job.request));
      this.#session.reconstruction = job;
    }
  }

  /** The photograph to fuse the one on show with: a sample, one of the user's own, or none. */
  async fuseWith(what: { readonly sample: string } | 'own' | null): Promise<void> {
    const second = await whileBusy(this.#session, async () => {
      if (what === null) return null;
      const opened =
        what === 'own'
          ? await this.#transport.chooseImage()
          : await this.#transport.request('images:open-sample', { name: what.sample });
      if (opened === null) return this.#session.second;
      await this.#requireDecodable(opened.id);
      rememberPhotograph(this.#transport, opened);
      return opened;
    });
    if (second === this.#session.second) return;
    // What was made of other photographs is not shown beside these.
    await this.#dropRunning();
    this.#session.second = second;
    this.#session.reconstruction = null;
    this.#pictures.preview = null;
  }

  /** Back to the start page. A running training is dropped. */
  async close(): Promise<void> {
    await this.#dropRunning();
    this.#show(null);
  }

  async train(): Promise<void> {
    const { image, second, alpha, settings } = this.#session;
    if (image === null || this.#session.busy) return;
    await this.#dropRunning();
    const request = requestOf({ image, second, alpha, settings });
    await whileBusy(this.#session, async () => {
      const job = await followed(this.#transport, async () => {
        const { jobId, position } = await this.#transport.request('jobs:start', request);
        return newJob(jobId, request, position);
      });
      this.#pictures.preview = null;
      this.#session.shown = 'network';
      this.#session.reconstruction = job;
      requireAlive(job);
    });
  }

  /** As `continue` and `stop` of the job on show, a blend too. */
  pause = () => this.#tellJob('jobs:pause');
  continue = () => this.#tellJob('jobs:continue');
  stop = () => this.#tellJob('jobs:stop');

  /** A training that was being trained further is what it was before. */
  async cancel(): Promise<void> {
    const { reconstruction: job } = this.#session;
    await this.#dropRunning();
    const left = job && (await this.#transport.request('jobs:get', { jobId: job.jobId }).catch(() => null));
    this.#session.reconstruction = left?.state === 'finished' ? fromDetail(left) : null;
    this.#pictures.preview = null;
  }

  /** Of the job on show; the name under which it was saved; null where the user cancelled. */
  async exportNetwork(): Promise<string | null> {
    const { job } = this.#session;
    if (!hasNetwork(job)) return null;
    const request = { jobId: job.jobId, what: 'onnx' } as const;
    const { saved, url, name } = await this.#transport.request('exports:save', request);
    if (!saved) return null;
    if (url !== undefined) this.#transport.download(url, name ?? '');
    return name ?? '';
  }

  /** @param isChosen whether the user asked for this photograph, and may want it again */
  async #open(get: () => Promise<ImageSummary | null>, isChosen = true): Promise<void> {
    const image = await whileBusy(this.#session, async () => {
      const opened = await get();
      if (opened !== null) await this.#requireDecodable(opened.id);
      return opened;
    });
    if (image === null) return;
    if (isChosen) rememberPhotograph(this.#transport, image);
    await this.#dropRunning();
    this.#show(image);
  }

  /** A file is opened by its header; one that is damaged further on must not take the photograph's place. */
  async #requireDecodable(imageId: string): Promise<void> {
    await this.#transport.request('images:pixels', { imageId, size: 8 });
  }

  #show(image: ImageSummary | null): void {
    this.#session.image = image;
    this.#session.second = null;
    this.#session.reconstruction = null;
    this.#session.view = 'value';
    this.#session.shown = 'network';
    this.#pictures.preview = null;
    this.#pictures.probe = null;
  }

  async #dropRunning(): Promise<void> {
    const { reconstruction: job } = this.#session;
    if (isActive(job)) await this.#transport.request('jobs:cancel', { jobId: job.jobId });
  }

  async #tellJob(channel: 'jobs:pause' | 'jobs:continue' | 'jobs:stop'): Promise<void> {
    const { job } = this.#session;
    if (isActive(job)) await this.#transport.request(channel, { jobId: job.jobId });
  }
}
