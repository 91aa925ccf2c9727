import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Size } from '../../src-shared/model/image.ts';
import { canvasOf } from '../canvas/clone-layers.ts';
import type { OfferedPicture } from '../stores/offered-pictures.ts';
import type { PictureExport } from '../stores/picture-export.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { copyPicture } from './clipboard.ts';
import { fetchPixels } from './fetch-pixels.ts';
import { tracked } from './tracked.ts';

/** Has pictures written, one at a time. Each rejects with the host's error; what is cancelled comes to null. */
export class Exporting {
  readonly #transport: Transport;
  readonly #export: PictureExport;
  readonly #copy: (picture: Promise<OffscreenCanvas>) => Promise<void>;
  #own: AbortController | null = null;

  constructor(transport: Transport, pictureExport: PictureExport, copy = copyPicture) {
    this.#transport = transport;
    this.#export = pictureExport;
    this.#copy = copy;
  }

  /** The name under which it was saved; null where the user cancelled. */
  async save({ asked, bitDepth: own }: OfferedPicture): Promise<string | null> {
    const { format, scale, quality, isLossless } = this.#export;
    const request = {
      ...asked,
      what: format,
      scale,
      bitDepth: this.#export.depth(own),
      ...(!isLossless && quality !== null && { quality }),
    };
    return this.#run(async (waiting) => {
      const { saved, url, name } = await tracked(this.#transport, 'exports:save', request, waiting);
      if (!saved) return null;
      if (url !== undefined) this.#transport.download(url, name ?? '');
      return name ?? '';
    });
  }

  /** Its pixels in 8 bits, to the clipboard: how many; null where the user cancelled. From a click or a key alone. */
  async copy({ asked }: OfferedPicture): Promise<Size | null> {
    const { scale } = this.#export;
    return this.#run(async (waiting) => {
      const making = (async () => {
        const made = await tracked(this.#transport, 'jobs:picture', { ...asked, scale }, waiting);
        return canvasOf(await fetchPixels(this.#transport, made));
      })();
      await this.#copy(making);
      const { width, height } = await making;
      return { width, height };
    });
  }

  cancel(): void {
    this.#own?.abort();
  }

  async #run<T>(work: (waiting: Parameters<typeof tracked>[3]) => Promise<T>): Promise<T | null> {
    if (this.#own !== null) return null;
    const own = new AbortController();
    this.#own = own;
    this.#export.running = { stage: 'computing', share: null };
    try {
      return await work({
        signal: own.signal,
        told: ({ stage, share = null }) => void (this.#export.running = { stage, share }),
      });
    } catch (thrown) {
      if (own.signal.aborted && SeamfieldError.from(thrown).code === 'cancelled') return null;
      throw thrown;
    } finally {
      this.#own = null;
      this.#export.running = null;
    }
  }
}
