import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { defined } from '../jobs/defined.ts';
import type { Buffers } from './buffers.ts';
import type { Images } from './images.ts';
import { handlesIn } from './handles-in.ts';
import { previewOf } from './task-of.ts';
import type { Viewer } from './viewer.ts';

/** What a clone would come to, without training one. */
export class Clones {
  readonly #viewer: Viewer;
  readonly #images: Images;
  readonly #buffers: Buffers;

  constructor(viewer: Viewer, images: Images, buffers: Buffers) {
    this.#viewer = viewer;
    this.#images = images;
    this.#buffers = buffers;
  }

  async exact(request: RequestOf<'clones:exact'>): Promise<ResponseOf<'clones:exact'>> {
    const composition = previewOf(request.composition, (imageId) => this.#images.fileOf(imageId));
    const { at, full, ...view } = await this.#images.using(handlesIn(request), () =>
      this.#viewer.ask({ kind: 'clone-exact', composition, ...defined({ size: request.size }) }),
    );
    return { at, full, ...this.#buffers.put(view) };
  }
}
