import { rm } from 'node:fs/promises';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { RequestOf } from '../../src-shared/contract/channels.ts';
import type { BufferDescriptor, ImageSummary, PixelDescriptor } from '../../src-shared/contract/schemas.ts';
import type { FileSource } from '../jobs/protocol.ts';
import { defined } from '../jobs/defined.ts';
import type { Buffers } from './buffers.ts';
import { newHandle, unknownHandle } from './handle.ts';
import type { Ports } from './ports.ts';
import { sampleFile } from './samples.ts';
import type { Viewer } from './viewer.ts';

interface OpenImage {
  readonly summary: ImageSummary;
  readonly file: FileSource;
  /** Whether it was uploaded: then it goes when it is closed and nobody uses it any more. */
  readonly isOurs: boolean;
  users: number;
  isClosed: boolean;
}

/** The photographs that are open, by handle. Their pixels stay on disk until a job or a view asks for them. */
export class Images {
  readonly #open = new Map<string, OpenImage>();
  readonly #ports: Pick<Ports, 'samplesFolder' | 'chooseImage'>;
  readonly #viewer: Viewer;
  readonly #buffers: Buffers;

  constructor(ports: Pick<Ports, 'samplesFolder' | 'chooseImage'>, viewer: Viewer, buffers: Buffers) {
    this.#ports = ports;
    this.#viewer = viewer;
    this.#buffers = buffers;
  }

  /**
   * Opens a file of this machine. Throws what is wrong with it, as far as its header tells; it is a stranger's file, so
   * not even its header is read in this process.
   */
  async add(file: FileSource): Promise<ImageSummary> {
    return this.#add(file, false);
  }

  /** As `add`, of a file that the host made for the page; refused or closed, it is deleted. */
  async addUpload(file: FileSource): Promise<ImageSummary> {
    try {
      return await this.#add(file, true);
    } catch (cause) {
      await rm(file.path, { force: true });
      throw cause;
    }
  }

  /** Forgets handles. Those that are not known are none the worse. */
  async close(ids: readonly string[]): Promise<void> {
    const closing = ids.flatMap((id) => {
      const image = this.#open.get(id);
      this.#open.delete(id);
      return image ?? [];
    });
    for (const image of closing) image.isClosed = true;
    await Promise.all(closing.map((image) => this.#removeUnused(image)));
  }

  /** The files stay until the returned function is called. Throws `unknown-handle`. */
  hold(ids: readonly string[]): () => Promise<void> {
    const held = ids.map((id) => this.#find(id));
    for (const image of held) image.users++;
    let isHeld = true;
    return async () => {
      if (!isHeld) return;
      isHeld = false;
      for (const image of held) image.users--;
      await Promise.all(held.map((image) => this.#removeUnused(image)));
    };
  }

  /** Works with files that stay while it lasts. */
  async using<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    const release = this.hold(ids);
    try {
      return await work();
    } finally {
      await release();
    }
  }

  /** Where an open photograph lies, and whether the host made it. Throws `unknown-handle`. */
  inputOf(id: string): FileSource & { readonly isOurs: boolean } {
    const { file, isOurs } = this.#find(id);
    return { ...file, isOurs };
  }

  openSample(name: string): Promise<ImageSummary> {
    return this.add(sampleFile(this.#ports.samplesFolder, name));
  }

  async choose(): Promise<ImageSummary | null> {
    const { chooseImage } = this.#ports;
    if (chooseImage === undefined) {
      throw new SeamfieldError('not-allowed', 'In a browser the page itself asks for the file; upload it.');
    }
    const file = await chooseImage();
    return file === null ? null : this.add(file);
  }

  get(id: string): ImageSummary {
    return this.#find(id).summary;
  }

  /** Where an open photograph lies. Throws `unknown-handle`. */
  fileOf(id: string): FileSource {
    return this.#find(id).file;
  }

  async view({ imageId, view, size }: RequestOf<'images:view'>): Promise<BufferDescriptor> {
    const question = { kind: 'image-view', image: this.fileOf(imageId), view, ...defined({ size }) } as const;
    return this.using([imageId], async () => this.#buffers.put(await this.#viewer.ask(question)));
  }

  async pixels({ imageId, size }: RequestOf<'images:pixels'>): Promise<PixelDescriptor> {
    const question = { kind: 'image-pixels', image: this.fileOf(imageId), ...defined({ size }) } as const;
    return this.using([imageId], async () => this.#buffers.putPixels(await this.#viewer.ask(question)));
  }

  async #add(file: FileSource, isOurs: boolean): Promise<ImageSummary> {
    const info = await this.#viewer.ask({ kind: 'image-info', image: file });
    const summary = { id: newHandle(), name: file.name, ...info };
    this.#open.set(summary.id, { summary, file, isOurs, users: 0, isClosed: false });
    return summary;
  }

  async #removeUnused({ isOurs, isClosed, users, file }: OpenImage): Promise<void> {
    if (isOurs && isClosed && users === 0) await rm(file.path, { force: true });
  }

  #find(id: string): OpenImage {
    const found = this.#open.get(id);
    if (found === undefined) throw unknownHandle('photograph', id);
    return found;
  }
}
