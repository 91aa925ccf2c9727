import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { CloneEditor } from '../canvas/clone-editor.ts';
import { alphaOf, luminanceOf } from '../canvas/mask/from-pixels.ts';
import type { Masking } from '../stores/masking.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Transport } from '../transport/transport.ts';
import { openPixels } from './open-pixels.ts';

const words = strings.masks;

/** Masks that come from the host. Each rejects with the host's error. */
export class MaskCommands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #masking: Masking;

  constructor(transport: Transport, session: Session, masking: Masking) {
    this.#transport = transport;
    this.#session = session;
    this.#masking = masking;
  }

  /** What is opaque of the source itself. Refused where all of it is. */
  async fromAlpha(editor: CloneEditor, source: ImageSummary): Promise<void> {
    if (!source.hasAlpha) throw new SeamfieldError('empty-mask', words.noAlpha(source.name));
    this.#session.busy = true;
    try {
      const pixels = await openPixels(this.#transport, source.id);
      editor.edit(words.fromAlpha, (mask) => mask.combine(alphaOf(pixels), this.#masking.combination));
    } finally {
      this.#session.busy = false;
    }
  }

  /** A picture that the user chooses, white inside; it has to have the source's size. */
  async fromPicture(editor: CloneEditor): Promise<void> {
    this.#session.busy = true;
    try {
      const summary = await this.#transport.chooseImage();
      if (summary === null) return;
      const { width, height } = editor.mask;
      if (summary.width !== width || summary.height !== height) {
        const [has, needs] = [summary, editor.mask].map((size) => `${size.width} × ${size.height}`);
        throw new SeamfieldError('size-mismatch', words.otherSize(summary.name, has!, needs!));
      }
      const pixels = await openPixels(this.#transport, summary.id);
      editor.edit(words.fromPicture, (mask) => mask.combine(luminanceOf(pixels), this.#masking.combination));
    } finally {
      this.#session.busy = false;
    }
  }
}
