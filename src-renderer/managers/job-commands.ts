import { limits } from '../../src-shared/contract/limits.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Budget } from '../../src-shared/model/training.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import { fromDetail, type Job } from '../stores/job.ts';
import type { JobList } from '../stores/job-list.svelte.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { budgetSeconds, requestOf } from '../stores/training-settings.ts';
import type { Transport } from '../transport/transport.ts';
import { followed } from './followed.ts';

/** What a user can have done with trainings beside the one that is begun and watched. Each rejects with the host's error. */
export class JobCommands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #composition: Composition;
  readonly #pictures: Pictures;
  readonly #list: JobList;
  /** Counts what was asked to be shown: the latest wins. */
  #shown = 0;

  constructor(
    transport: Transport,
    session: Session,
    composition: Composition,
    pictures: Pictures,
    list: JobList,
  ) {
    this.#transport = transport;
    this.#session = session;
    this.#composition = composition;
    this.#pictures = pictures;
    this.#list = list;
  }

  /** The time that the workspace on show is set to. */
  get budget(): Budget {
    const { budget, seconds } =
      this.#session.workshop === 'clone' ? this.#composition : this.#session.settings;
    const [low, high] = limits.seconds;
    return { seconds: budget === 'custom' ? Math.min(Math.max(seconds, low), high) : budgetSeconds[budget] };
  }

  /** The job on show goes on with as much time again as the workspace is set to. */
  async trainFurther(): Promise<void> {
    const { job } = this.#session;
    if (job === null) return;
    const { budget } = this;
    await this.#transport.request('jobs:train-further', { jobId: job.jobId, budget });
  }

  /** One more training of the photograph on show, with the settings as they are now; it waits for its turn. */
  async queue(): Promise<void> {
    const { image, second, alpha, settings } = this.#session;
    if (image === null) return;
    const request = requestOf({ image, second, alpha, settings });
    await this.#transport.request('jobs:start', request);
  }

  async resume(jobId: string): Promise<void> {
    await this.#transport.request('jobs:resume', { jobId });
  }

  async end(jobId: string): Promise<void> {
    await this.#transport.request('jobs:end', { jobId });
  }

  async move(jobId: string, to: number): Promise<void> {
    await this.#transport.request('jobs:move', { jobId, to });
  }

  /** Whatever is on show of it goes as well. */
  async cancel(jobId: string): Promise<void> {
    await this.#transport.request('jobs:cancel', { jobId });
  }

  /** An earlier host's training, or one that is over, is forgotten. */
  async discard(jobId: string): Promise<void> {
    await this.#transport.request('jobs:discard', { jobId });
    this.#list.recoverable = this.#list.recoverable.filter((left) => left.jobId !== jobId);
    if (this.#session.reconstruction?.jobId === jobId) this.#session.reconstruction = null;
  }

  /** An earlier host's training becomes this one's, and is shown as far as a workspace can show it. */
  async recover(jobId: string): Promise<void> {
    await this.#transport.request('jobs:resume', { jobId });
    this.#list.recoverable = this.#list.recoverable.filter((left) => left.jobId !== jobId);
    await this.show(jobId);
  }

  /** Puts a reconstruction or a fusion on show in Reconstruct. One that runs there meanwhile goes on. */
  async show(jobId: string): Promise<void> {
    const asked = ++this.#shown;
    const { request } = await this.#transport.request('jobs:get', { jobId });
    if (!isShowable(request)) return;
    const image = await this.#transport.request('images:get', { imageId: photographOf(request) });
    const fused = await fusedOf(this.#transport, request);
    const job = await followed(this.#transport, async () =>
      fromDetail(await this.#transport.request('jobs:get', { jobId })),
    );
    // In the meantime another may have been asked for.
    if (asked !== this.#shown) return;
    const session = this.#session;
    Object.assign(session, fused);
    session.workspace = 'reconstruct';
    this.#pictures.preview = null;
    session.shown = 'network';
    session.image = image;
    session.reconstruction = job;
  }
}

type Showable = Exclude<JobRequest, { readonly kind: 'clone' }>;

/** Whether Reconstruct can show it. */
export function isShowable(request: JobRequest): request is Showable {
  return request.kind !== 'clone';
}

/** The photograph that Reconstruct shows with a job. */
export function photographOf(request: Showable): string {
  return request.kind === 'fuse' ? request.imageA : request.imageId;
}

/** A fusion's second photograph and the first one's share, for the session; no second of anything else. */
export async function fusedOf(
  transport: Pick<Transport, 'request'>,
  request: JobRequest,
): Promise<Partial<Pick<Session, 'second' | 'alpha'>>> {
  if (request.kind !== 'fuse') return { second: null };
  const second = await transport.request('images:get', { imageId: request.imageB });
  return { second, alpha: request.alpha };
}

/** Whether a job can be gone on with after a failure. */
export function canResume(job: Job | null): job is Job {
  return job?.state === 'failed';
}
