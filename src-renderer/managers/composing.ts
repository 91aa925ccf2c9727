import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import { identity, type Transform } from '../../src-shared/model/composition.ts';
import type { Extent } from '../canvas/camera.ts';
import { canvasOf } from '../canvas/clone-layers.ts';
import { ellipseOutline, polygon } from '../canvas/mask/coverage.ts';
import { settled } from '../canvas/transform/adjust.ts';
import type { CompositionSnapshot } from '../stores/composition-snapshot.ts';
import type { Composition, Role } from '../stores/composition.svelte.ts';
import { freeName, layerName, type Layer, type LayerSettings } from '../stores/layer.ts';
import type { SampleComposition } from '../stores/sample-compositions.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Transport } from '../transport/transport.ts';
import { openPixels } from './open-pixels.ts';
import { rememberPhotograph } from './recent-commands.ts';
import { whileBusy } from './while-busy.ts';

const words = strings.composition.edits;
const plain: Omit<LayerSettings, 'name'> = { mode: 'import', alpha: 0.5, visible: true };

/** What changes the composition as a document and needs the host for it. Each rejects with the host's error. */
export class Composing {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #composition: Composition;
  /** Ends whatever is made of the composition that is closed. */
  readonly #dropBlend: () => Promise<void>;

  constructor(
    transport: Transport,
    session: Session,
    composition: Composition,
    dropBlend: () => Promise<void>,
  ) {
    this.#transport = transport;
    this.#session = session;
    this.#composition = composition;
    this.#dropBlend = dropBlend;
  }

  async choose(role: Role): Promise<void> {
    await this.#open(role, () => this.#transport.chooseImage());
  }

  async openSample(role: Role, name: string): Promise<void> {
    await this.#open(role, () => this.#transport.request('images:open-sample', { name }));
  }

  /** A photograph that is open at the host already. */
  async take(role: Role, summary: ImageSummary): Promise<void> {
    await this.#open(role, () => Promise.resolve(summary));
  }

  /** @param at where on the target the source's centre is put; its middle if absent */
  async openFile(role: Role, file: File): Promise<void> {
    await this.#open(role, () => this.#transport.upload(file));
  }

  /** A composition that comes with the app: samples, masks and places. Whatever is open is closed. */
  async compose({ target, layers }: SampleComposition): Promise<void> {
    await whileBusy(this.#session, async () => {
      const names = [...new Set([target, ...layers.map(({ source }) => source)])];
      const opened = new Map(
        await Promise.all(
          names.map(
            async (name) => [name, await this.#transport.request('images:open-sample', { name })] as const,
          ),
        ),
      );
      await this.#restore({
        target: opened.get(target)!,
        layers: layers.map(({ source, outline, transform, name, mode = 'import', alpha = 0.5 }, i) => {
          const summary = opened.get(source)!;
          const { width, height } = summary;
          const data = new Uint8Array(width * height);
          const { x, y, ...part } = polygon(ellipseOutline(...outline), { x: 0, y: 0, width, height });
          for (let row = 0; row < part.height; row++) {
            const line = part.data.subarray(row * part.width, (row + 1) * part.width);
            data.set(line, (y + row) * width + x);
          }
          const mask = { width, height, data };
          const placed = { ...identity, ...transform };
          return {
            id: `layer-${i + 1}`,
            name,
            source: summary,
            mask,
            transform: placed,
            mode,
            alpha,
            visible: true,
          };
        }),
        selectedId: null,
        training: { budget: 'draft', seconds: 20, networkSize: 'auto' },
      });
      this.#composition.tool = 'move';
    });
  }

  /** Show a document as it was kept: what `Composition.snapshot` gave, its photographs open at the host. */
  async restore(snapshot: CompositionSnapshot): Promise<void> {
    await whileBusy(this.#session, () => this.#restore(snapshot));
  }

  /** Back to the start page. A running blend is dropped. */
  async close(): Promise<void> {
    await this.#dropBlend();
    this.#composition.close();
  }

  /** The same source once more, right above and a little aside. Throws where there are as many layers as can be. */
  duplicate(layer: Layer): void {
    this.#requireRoom();
    const { source, art, name, mode, alpha, visible } = layer;
    const { editor, pixels } = art;
    const { transform } = editor;
    const aside = settled({ ...transform, x: transform.x + 16, y: transform.y + 16 });
    const settings = { name: this.#freeName(name), mode, alpha, visible };
    const copy = this.#composition.makeLayer(source, pixels, aside, settings);
    copy.art.editor.load(editor.mask.data);
    this.#composition.addAbove(words.duplicate(name), copy, layer);
  }

  async #open(role: Role, get: () => Promise<ImageSummary | null>): Promise<void> {
    if (role === 'source') this.#requireRoom();
    const opened = await whileBusy(this.#session, async () => {
      const summary = await get();
      return summary === null ? null : { summary, pixels: await this.#pixels(summary.id) };
    });
    if (opened === null) return;
    const { summary, pixels } = opened;
    rememberPhotograph(this.#transport, summary);
    const composition = this.#composition;
    const wasOpen = composition.isOpen;
    const photograph = { summary, picture: canvasOf(pixels) };
    if (role === 'target') composition.setTarget(words.target, photograph);
    else {
      const name = this.#freeName(layerName(summary.name));
      const transform = centred(pixels, composition.target?.picture ?? pixels);
      composition.add(
        words.add(name),
        composition.makeLayer(photograph, pixels, transform, { ...plain, name }),
      );
      // The first thing to do with a new source is to say what of it is wanted.
      composition.tool = 'brush';
    }
    // One photograph, opened and untouched, is no work that could be lost.
    if (!wasOpen) composition.markSaved();
  }

  async #restore(snapshot: CompositionSnapshot): Promise<void> {
    const { target, layers } = snapshot;
    const ids = new Set([...(target === null ? [] : [target.id]), ...layers.map(({ source }) => source.id)]);
    const pixels = new Map(
      await Promise.all([...ids].map(async (id) => [id, await this.#pixels(id)] as const)),
    );
    await this.#dropBlend();
    this.#composition.restore(
      snapshot,
      (id) => pixels.get(id)!,
      (summary, data) => ({ summary, picture: canvasOf(data) }),
    );
  }

  async #pixels(imageId: string): Promise<ImageData> {
    const pixels = await openPixels(this.#transport, imageId);
    // The fields know no transparency: what is under it is shown as it will be blended.
    for (let i = 3; i < pixels.data.length; i += 4) pixels.data[i] = 255;
    return pixels;
  }

  /** Refuses one layer more than can be blended. */
  #requireRoom(): void {
    const [, most] = limits.cloneLayers;
    if (this.#composition.layers.length >= most) {
      throw new SeamfieldError('not-allowed', strings.composition.full(most));
    }
  }

  #freeName(name: string): string {
    return freeName(
      name,
      this.#composition.layers.map((layer) => layer.name),
    );
  }
}

/** The transform that puts a source in the middle of its target. */
function centred(source: Extent, target: Extent): Transform {
  return settled({
    ...identity,
    x: (target.width - source.width) / 2,
    y: (target.height - source.height) / 2,
  });
}
