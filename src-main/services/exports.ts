import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import { defined } from '../jobs/defined.ts';
import type { Waiting } from '../jobs/process.ts';
import type { Buffers } from './buffers.ts';
import type { Images } from './images.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Ports } from './ports.ts';
import type { Tickets } from './tickets.ts';

const endings = { png: 'png', tiff: 'tif', jpeg: 'jpg', webp: 'webp', avif: 'avif' } as const;

type Untracked = Omit<RequestOf<'exports:save'>, 'ticket'>;

/** Finished jobs as files, and as pictures for the screen. */
export class Exports {
  readonly #jobs: Jobs;
  readonly #images: Images;
  readonly #buffers: Buffers;
  readonly #tickets: Tickets;
  readonly #ports: Pick<Ports, 'deliver'>;

  constructor(ports: Pick<Ports, 'deliver'>, jobs: Jobs, images: Images, buffers: Buffers, tickets: Tickets) {
    this.#buffers = buffers;
    this.#tickets = tickets;
    this.#ports = ports;
    this.#jobs = jobs;
    this.#images = images;
  }

  /** Throws `cancelled` where it is cancelled by its ticket before it is handed over; nothing is written then. */
  save({ ticket, ...request }: RequestOf<'exports:save'>): Promise<ResponseOf<'exports:save'>> {
    return this.#tickets.follow(ticket, (waiting) => this.#save(request, waiting));
  }

  /** Throws `cancelled` likewise. */
  picture({ ticket, ...request }: RequestOf<'jobs:picture'>): Promise<ResponseOf<'jobs:picture'>> {
    const { jobId, view = 'value', ...pictured } = request;
    const question = { kind: 'picture-pixels', view, ...pictured } as const;
    return this.#tickets.follow(ticket, async (waiting) =>
      this.#buffers.putPixels(await this.#jobs.get(jobId).ask(question, waiting)),
    );
  }

  async #save(request: Untracked, waiting: Waiting): Promise<ResponseOf<'exports:save'>> {
    const { jobId, what, ...options } = request;
    const job = this.#jobs.get(jobId);
    const base = this.#baseName(job.summary.request);
    if (what === 'onnx') {
      const { bytes, check } = await job.ask({ kind: 'model', check: true }, waiting);
      const name = `${base}.onnx`;
      const answer = await this.#ports.deliver({ name, type: 'application/octet-stream', bytes });
      return { ...answer, ...defined({ model: check }) };
    }
    const { view = 'value', of, minus, region } = options;
    const question = { ...options, kind: 'picture', format: what, view, unchecked: true } as const;
    const { bytes } = await job.ask(question, waiting);
    const shown = of === undefined ? [] : minus === undefined ? [of] : [of, 'minus', minus];
    const parts = [
      base,
      ...shown,
      ...(region === undefined ? [] : ['region']),
      ...(view === 'value' && (of === undefined || minus === undefined) ? [] : [view]),
    ];
    const name = `${parts.join('-')}.${endings[what]}`;
    return this.#ports.deliver({ name, type: `image/${what}`, bytes });
  }

  /** The photograph's name without its ending, and what was made of it. */
  #baseName(request: JobRequest): string {
    const imageId =
      request.kind === 'reconstruct'
        ? request.imageId
        : request.kind === 'fuse'
          ? request.imageA
          : request.composition.targetId;
    const stem = this.#images.get(imageId).name.replace(/\.[^.]+$/, '');
    const made = { reconstruct: 'seamfield', fuse: 'fused', clone: 'cloned' }[request.kind];
    return `${stem}-${made}`;
  }
}
