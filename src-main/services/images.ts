import { rm } from 'node:fs/promises';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { RequestOf } from '../../src-shared/contract/channels.ts';
import type {
  BufferDescriptor,
  ImageSummary,
  PixelDescriptor,
} from '../../src-shared/contract/image-schemas.ts';
import type { FileSource } from '../jobs/tasks.ts';
import { defined } from '../jobs/defined.ts';
import type { Buffers } from './buffers.ts';
import { newHandle, unknownHandle } from './handle.ts';
import { hostLimits } from './limits.ts';
import type { Ports } from './ports.ts';
import { sampleFile } from './samples.ts';
import type { UploadRoom } from './uploads/upload-space.ts';
import type { Viewer } from './viewer.ts';

/** Where a photograph lay before it was opened; null where it came as bytes. */
export type ImageOrigin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'sample'; readonly name: string }
  | null;

interface OpenImage {
  readonly summary: ImageSummary;
  readonly origin: ImageOrigin;
  file: FileSource;
  /** Whether it was uploaded: then it goes when it is closed and nobody uses it any more. */
  isOurs: boolean;
  /** What it takes of the room for uploads. */
  readonly room?: UploadRoom;
  /** Whether it lies in a folder of somebody's work now, and goes with that. */
  isKept: boolean;
  /** The upload that it was before, still read by somebody. */
  former?: string;
  users: number;
  /** Copies of it, each of somebody who needs it known. */
  readonly copies: Set<string>;
  /** Whether it is read from one of them, its upload deleted. */
  isCopy?: boolean;
  isClosed: boolean;
}

type ImagePorts = Pick<Ports, 'samplesFolder' | 'chooseImage' | 'limits'>;

/**
 * The photographs that are open, by handle. Their pixels stay on disk until a job or a view asks for them. One that its
 * page has closed is known as long as somebody holds it.
 */
export class Images {
  readonly #known = new Map<string, OpenImage>();
  /** How many are being looked at, to be opened. */
  #opening = 0;
  readonly #ports: ImagePorts;
  readonly #viewer: Viewer;
  readonly #buffers: Buffers;

  constructor(ports: ImagePorts, viewer: Viewer, buffers: Buffers) {
    this.#ports = ports;
    this.#viewer = viewer;
    this.#buffers = buffers;
  }

  /**
   * Opens a file of this machine. Throws what is wrong with it, as far as its header tells; it is a stranger's file, so
   * not even its header is read in this process. Throws `busy` where too many are open.
   */
  async add(
    file: FileSource,
    origin: ImageOrigin = { kind: 'file', path: file.path },
    isKept = false,
  ): Promise<ImageSummary> {
    return this.#add(file, { origin, isOurs: false, isKept });
  }

  /** As `add`, of a file that the host made for the page; refused or closed, it is deleted and its room is free. */
  async addUpload(file: FileSource, room?: UploadRoom): Promise<ImageSummary> {
    try {
      return await this.#add(file, { origin: null, isOurs: true, isKept: false, ...defined({ room }) });
    } catch (cause) {
      await rm(file.path, { force: true });
      room?.free();
      throw cause;
    }
  }

  /** Nobody but who holds them needs them any more. Handles that are not known are none the worse. */
  async close(ids: readonly string[]): Promise<void> {
    const closing = ids.flatMap((id) => this.#known.get(id) ?? []);
    for (const image of closing) image.isClosed = true;
    const open = new Set(this.#open.map(({ file }) => file.path));
    this.#viewer.forget(closing.map(({ file }) => file.path).filter((path) => !open.has(path)));
    await Promise.all(closing.map((image) => this.#removeUnused(image)));
  }

  /** They are known, and the files stay, until the returned function is called. Throws `unknown-handle`. */
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

  /**
   * They are known until the returned function is called. An upload goes once it is closed: whoever asks for it reads a copy.
   *
   * @param copies by handle. Throws `unknown-handle`
   */
  holdCopied(copies: ReadonlyMap<string, string>): () => Promise<void> {
    const held = [...copies].map(([id, copy]) => ({ image: this.#find(id), copy }));
    for (const { image, copy } of held) image.copies.add(copy);
    return async () => {
      for (const { image, copy } of held) image.copies.delete(copy);
      await Promise.all(held.map(({ image }) => this.#removeUnused(image)));
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

  /** Where an open photograph lies, and whether whoever needs it for long must take it in. Throws `unknown-handle`. */
  inputOf(id: string): FileSource & { readonly isOurs: boolean } {
    const { file, isOurs, isKept, isCopy = false } = this.#find(id);
    return { ...file, isOurs: isOurs || isKept || isCopy };
  }

  openSample(name: string): Promise<ImageSummary> {
    return this.add(sampleFile(this.#ports.samplesFolder, name), { kind: 'sample', name });
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

  /** Throws `unknown-handle`. */
  originOf(id: string): ImageOrigin {
    return this.#find(id).origin;
  }

  /** Whether it is open: known, and not closed by its page. */
  has(id: string): boolean {
    return this.#known.get(id)?.isClosed === false;
  }

  isKnown(id: string): boolean {
    return this.#known.has(id);
  }

  /** Where the known photographs lie, those that are closed but held among them. */
  get paths(): string[] {
    return [...this.#known.values()].map(({ file }) => file.path);
  }

  /** The same bytes lie in the folder of somebody's work, and are read from there from now on. */
  async moveTo(id: string, path: string): Promise<void> {
    const image = this.#find(id);
    const { file, isOurs } = image;
    if (isOurs && file.path !== path) image.former = file.path;
    Object.assign(image, { file: { ...file, path }, isOurs: false, isKept: true, isCopy: false });
    await this.#removeUnused(image);
  }

  async view({ imageId, view, size }: RequestOf<'images:view'>): Promise<BufferDescriptor> {
    const question = { kind: 'image-view', image: this.fileOf(imageId), view, ...defined({ size }) } as const;
    return this.using([imageId], async () => this.#buffers.put(await this.#viewer.ask(question)));
  }

  async pixels({ imageId, size }: RequestOf<'images:pixels'>): Promise<PixelDescriptor> {
    const question = { kind: 'image-pixels', image: this.fileOf(imageId), ...defined({ size }) } as const;
    return this.using([imageId], async () => this.#buffers.putPixels(await this.#viewer.ask(question)));
  }

  async #add(
    file: FileSource,
    standing: Pick<OpenImage, 'origin' | 'isOurs' | 'isKept' | 'room'>,
  ): Promise<ImageSummary> {
    const { openImages = hostLimits.openImages } = this.#ports.limits ?? {};
    if (this.#open.length + this.#opening >= openImages) {
      throw new SeamfieldError(
        'busy',
        `${openImages} photographs are open, as many as can be; ` +
          'close some, or keep your work and start Seamfield again.',
        { openImages },
      );
    }
    this.#opening++;
    try {
      const info = await this.#viewer.ask({ kind: 'image-info', image: file });
      const summary = { id: newHandle(), name: file.name, ...info };
      this.#known.set(summary.id, {
        summary,
        file,
        ...standing,
        users: 0,
        copies: new Set(),
        isClosed: false,
      });
      return summary;
    } finally {
      this.#opening--;
    }
  }

  get #open(): OpenImage[] {
    return [...this.#known.values()].filter(({ isClosed }) => !isClosed);
  }

  /** Of a photograph that nobody reads just now: its former file, and once it is closed all of it that is ours. */
  async #removeUnused(image: OpenImage): Promise<void> {
    const { summary, isOurs, isClosed, users, file, former, room } = image;
    if (users > 0) return;
    delete image.former;
    const [copy] = image.copies;
    if (isClosed && copy === undefined) this.#known.delete(summary.id);
    if (isClosed && copy !== undefined && (isOurs || image.isCopy === true))
      Object.assign(image, { file: { ...file, path: copy }, isOurs: false, isCopy: true });
    const unused = isClosed && isOurs ? file.path : former;
    if (unused === undefined) return;
    await rm(unused, { force: true });
    room?.free();
  }

  #find(id: string): OpenImage {
    const found = this.#known.get(id);
    if (found === undefined) throw unknownHandle('photograph', id);
    return found;
  }
}
