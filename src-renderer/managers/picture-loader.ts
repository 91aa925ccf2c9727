import type { BufferDescriptor } from '../../src-shared/contract/image-schemas.ts';
import type { MeasuredView, View } from '../../src-shared/model/view.ts';
import { viewNeeds } from '../../src-shared/view/render-view.ts';
import { pictureOf, type Plane } from '../stores/picture.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import { planeOfPreview } from '../stores/preview-plane.ts';
import type { Transport } from '../transport/transport.ts';
import type { PhotographSource, ResultSource, WantedPictures } from './wanted-pictures.ts';

const planesKept = 32;

/** Fetches the pictures that are wanted, keeps the latest planes, and never shows one that is no longer wanted. */
export class PictureLoader {
  readonly #transport: Transport;
  readonly #pictures: Pick<Pictures, 'photograph' | 'result' | 'loading'>;
  readonly #report: (error: unknown) => void;
  readonly #planes = new Map<string, Promise<Plane>>();
  readonly #wanted = { photograph: '', result: '' };
  /** The sides whose pictures are on their way. */
  readonly #due = new Set<'photograph' | 'result'>();
  /** What the result on show was made of, where that was a preview. */
  #preview: Plane | null = null;

  constructor(
    transport: Transport,
    pictures: Pick<Pictures, 'photograph' | 'result' | 'loading'>,
    report: (error: unknown) => void,
  ) {
    this.#transport = transport;
    this.#pictures = pictures;
    this.#report = report;
  }

  /** The numbers behind a descriptor. Rejects with the host's error. */
  async fetch({ bufferId, width, height, channels }: BufferDescriptor): Promise<Plane> {
    return { width, height, channels, data: new Float32Array(await this.#transport.fetchBuffer(bufferId)) };
  }

  /** Bring both panes to what is wanted. Failures go to `report`. */
  update({ view, photograph, result }: WantedPictures, preview: Plane | null): void {
    void this.#show('photograph', photograph, view, (source: PhotographSource, measured) =>
      this.#transport.request('images:view', { ...source, view: measured }),
    );
    if (result !== 'preview') {
      void this.#show('result', result, view, (source: ResultSource, measured) =>
        this.#transport.request('jobs:view', { ...source, view: measured }),
      );
      return;
    }
    // Of a running job there is news many times between two previews.
    const key = `preview ${view}`;
    if (this.#wanted.result === key && this.#preview === preview) return;
    this.#wanted.result = key;
    this.#preview = preview;
    this.#settle('result');
    // A job that trains is about to be another than the one whose planes are kept.
    for (const key of this.#planes.keys()) if (key.startsWith('result')) this.#planes.delete(key);
    const planes = preview === null ? [] : viewNeeds[view].map((name) => planeOfPreview(preview, name));
    this.#pictures.result = pictureOf(view, planes);
  }

  async #show<S extends object>(
    side: 'photograph' | 'result',
    source: S | null,
    view: View,
    ask: (source: S, measured: MeasuredView) => Promise<BufferDescriptor>,
  ): Promise<void> {
    const key = JSON.stringify([source, view]);
    if (key === this.#wanted[side]) return;
    this.#wanted[side] = key;
    if (source === null) {
      this.#settle(side);
      this.#pictures[side] = null;
      return;
    }
    this.#due.add(side);
    this.#pictures.loading = true;
    try {
      const planes = await Promise.all(
        viewNeeds[view].map((measured) =>
          this.#plane(side + JSON.stringify([source, measured]), () => ask(source, measured)),
        ),
      );
      if (this.#wanted[side] !== key) return;
      this.#pictures[side] = pictureOf(view, planes);
      this.#settle(side);
    } catch (error) {
      if (this.#wanted[side] !== key) return;
      this.#wanted[side] = '';
      this.#settle(side);
      this.#report(error);
    }
  }

  #settle(side: 'photograph' | 'result'): void {
    this.#due.delete(side);
    this.#pictures.loading = this.#due.size > 0;
  }

  #plane(key: string, ask: () => Promise<BufferDescriptor>): Promise<Plane> {
    const known = this.#planes.get(key);
    if (known !== undefined) return known;
    const plane = ask().then((descriptor) => this.fetch(descriptor));
    this.#planes.set(key, plane);
    plane.catch(() => this.#planes.delete(key));
    const [oldest] = this.#planes.keys();
    if (this.#planes.size > planesKept && oldest !== undefined) this.#planes.delete(oldest);
    return plane;
  }
}
