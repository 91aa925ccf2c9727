import type { RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { defined } from '../jobs/defined.ts';
import type { Buffers } from './buffers.ts';
import type { Images } from './images.ts';
import { handlesIn } from './handles-in.ts';
import { previewOf } from './task-of.ts';
import type { Tickets } from './tickets.ts';
import type { Viewer } from './viewer.ts';

/** What a clone would come to, without training one. */
export class Clones {
  readonly #viewer: Viewer;
  readonly #images: Images;
  readonly #buffers: Buffers;
  readonly #tickets: Tickets;

  constructor(viewer: Viewer, images: Images, buffers: Buffers, tickets: Tickets) {
    this.#tickets = tickets;
    this.#viewer = viewer;
    this.#images = images;
    this.#buffers = buffers;
  }

  /** Throws `cancelled` where it is cancelled by its ticket. */
  async exact({ ticket, ...request }: RequestOf<'clones:exact'>): Promise<ResponseOf<'clones:exact'>> {
    const composition = previewOf(request.composition, (imageId) => this.#images.fileOf(imageId));
    const question = { kind: 'clone-exact', composition, ...defined({ size: request.size }) } as const;
    const { at, full, ...pixels } = await this.#tickets.follow(ticket, (waiting) =>
      this.#images.using(handlesIn(request), () => this.#viewer.ask(question, waiting)),
    );
    return { at, full, ...this.#buffers.putPixels(pixels) };
  }
}
