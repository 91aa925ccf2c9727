import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { JobRequest } from '../../src-shared/contract/schemas.ts';
import { defined } from '../jobs/defined.ts';
import type { Images } from './images.ts';
import type { Jobs } from './jobs.ts';
import type { Ports } from './ports.ts';

const endings = { png: 'png', tiff: 'tif', jpeg: 'jpg', webp: 'webp', avif: 'avif', onnx: 'onnx' } as const;

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
    const { jobId, what, scale, bitDepth, view = 'value' } = request;
    const job = this.#jobs.get(jobId);
    const { bytes } =
      what === 'onnx'
        ? await job.ask({ kind: 'model' })
        : await job.ask({ kind: 'picture', format: what, view, ...defined({ scale, bitDepth }) });
    const base = [
      this.#baseName(job.summary.request),
      ...(view === 'value' || what === 'onnx' ? [] : [view]),
    ];
    const type = what === 'onnx' ? 'application/octet-stream' : `image/${what}`;
    return this.#ports.deliver({ name: `${base.join('-')}.${endings[what]}`, type, bytes });
  }

  /** The photograph's name without its ending, and what was made of it. */
  #baseName(request: JobRequest): string {
    const imageId =
      request.kind === 'reconstruct'
        ? request.imageId
        : request.kind === 'fuse'
          ? request.imageA
          : request.targetId;
    const stem = this.#images.get(imageId).name.replace(/\.[^.]+$/, '');
    const made = { reconstruct: 'seamfield', fuse: 'fused', clone: 'cloned' }[request.kind];
    return `${stem}-${made}`;
  }
}
