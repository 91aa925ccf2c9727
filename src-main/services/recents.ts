import { basename } from 'node:path';
import type { ResponseOf } from '../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Recent } from '../../src-shared/contract/schemas.ts';
import { newHandle, unknownHandle } from './handle.ts';
import type { Images } from './images.ts';
import type { Disk } from './projects/disk.ts';
import { nameOf } from './projects/project-files.ts';
import type { Projects } from './projects/projects.ts';
import type { RecentFile, RecentFiles } from './recent-files.ts';

/** A photograph that came as bytes, as long as this host has it open. */
interface RecentUpload {
  readonly imageId: string;
  readonly usedAt: number;
}

/** As many uploads as are remembered. */
const keptUploads = 12;

interface Parts {
  readonly files: RecentFiles;
  readonly images: Images;
  readonly projects: Pick<Projects, 'offer'>;
  readonly disk: Pick<Disk, 'size'>;
}

/** What was opened last, by handles: files of this machine, and uploads while they are open. */
export class Recents {
  readonly #parts: Parts;
  /** By path, or by an upload's handle. */
  readonly #ids = new Map<string, string>();
  #uploads: readonly RecentUpload[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The user opened this photograph. A sample is none of theirs and is not remembered. Throws `unknown-handle`. */
  async add(imageId: string): Promise<void> {
    const origin = this.#parts.images.originOf(imageId);
    if (origin?.kind === 'sample') return;
    if (origin?.kind === 'file') return this.#parts.files.add('photograph', origin.path);
    const others = this.#uploads.filter((upload) => upload.imageId !== imageId);
    this.#uploads = [{ imageId, usedAt: Date.now() }, ...others].slice(0, keptUploads);
  }

  /** The latest first. */
  async list(): Promise<Recent[]> {
    const { files, images } = this.#parts;
    const uploads = this.#uploads
      .filter(({ imageId }) => images.has(imageId))
      .map(({ imageId, usedAt }): Recent => {
        const { name } = images.get(imageId);
        return { recentId: this.#idOf(imageId), kind: 'photograph', name, usedAt };
      });
    const onDisk = (await files.list()).map(({ kind, path, usedAt }): Recent => {
      const name = kind === 'project' ? nameOf(path) : basename(path);
      return { recentId: this.#idOf(path), kind, name, usedAt };
    });
    return [...uploads, ...onDisk].sort((a, b) => b.usedAt - a.usedAt);
  }

  /**
   * Opens a photograph; offers a project, to be opened by its handle. Throws `unknown-handle`, `not-a-file` for a file
   * that is not there any more, which is forgotten then, and what is wrong with a photograph.
   */
  async open(recentId: string): Promise<ResponseOf<'recents:open'>> {
    const { files, images, projects, disk } = this.#parts;
    const key = [...this.#ids].find(([, id]) => id === recentId)?.[0];
    if (key === undefined) throw unknownHandle('file', recentId);
    if (images.has(key)) return { image: images.get(key) };
    const file = (await files.list()).find(({ path }) => path === key);
    if (file === undefined) throw unknownHandle('file', recentId);
    const name = basename(file.path);
    if ((await disk.size(file.path).catch(() => 0)) === undefined) {
      await this.#forget(file);
      throw new SeamfieldError(
        'not-a-file',
        `${name} is not there any more; it is off the list of recent files now.`,
        { name },
      );
    }
    if (file.kind === 'project') return { project: projects.offer({ path: file.path, name }) };
    return { image: await images.add({ path: file.path, name }) };
  }

  /** Forgets all of them. The files stay where they are. */
  async clear(): Promise<void> {
    this.#uploads = [];
    this.#ids.clear();
    await this.#parts.files.clear();
  }

  async #forget({ path }: RecentFile): Promise<void> {
    this.#ids.delete(path);
    await this.#parts.files.remove(path);
  }

  #idOf(key: string): string {
    const id = this.#ids.get(key) ?? newHandle();
    this.#ids.set(key, id);
    return id;
  }
}
