import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { JobRequest } from '../../src-shared/contract/schemas.ts';
import { defined } from '../jobs/defined.ts';
import type { Images } from './images.ts';
import type { Jobs } from './jobs.ts';
import type { Ports } from './ports.ts';

const endings = { png: 'png', tiff: 'tif', jpeg: 'jpg', webp: 'webp', avif: 'avif' } as const;

/** Finished jobs as files. */
export class Exports {
  readonly #jobs: Jobs;
  readonly #images: Images;
  readonly #ports: Pick<Ports, 'deliver'>;

  constructor(ports: Pick<Ports, 'deliver'>, jobs: Jobs, images: Images) {
    this.#ports = ports;
    this.#jobs = jobs;
    this.#images = images;
  }

  async save(request: RequestOf<'exports:save'>): Promise<ResponseOf<'exports:save'>> {
    const { jobId, what, scale, region, bitDepth, view = 'value', of, minus, range } = request;
    const job = this.#jobs.get(jobId);
    if (what === 'onnx') {
      const { bytes, check } = await job.ask({ kind: 'model', check: true });
      const name = `${this.#baseName(job.summary.request)}.onnx`;
      const answer = await this.#ports.deliver({ name, type: 'application/octet-stream', bytes });
      return { ...answer, ...defined({ model: check }) };
    }
    const options = defined({ scale, region, bitDepth, of, minus, range });
    const { bytes } = await job.ask({ kind: 'picture', format: what, view, ...options });
    const shown = of === undefined ? [] : minus === undefined ? [of] : [of, 'minus', minus];
    const base = [
      this.#baseName(job.summary.request),
      ...shown,
      ...(region === true ? ['region'] : []),
      ...(view === 'value' && (of === undefined || minus === undefined) ? [] : [view]),
    ];
    const name = `${base.join('-')}.${endings[what]}`;
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
