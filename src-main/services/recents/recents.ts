import { basename } from 'node:path';
import type { ResponseOf } from '../../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Recent } from '../../../src-shared/contract/recent-schemas.ts';
import type { Buffers } from '../buffers.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import type { Images } from '../images.ts';
import type { Disk } from '../../disk/disk.ts';
import { nameOf } from '../projects/project-files.ts';
import type { Projects } from '../projects/projects.ts';
import type { RecentFile, RecentFiles } from './recent-files.ts';
import type { RecentThumbnails } from './recent-thumbnails.ts';
import type { RecentUploads } from './recent-uploads.ts';

/** As many have a small picture to fetch: more than a start page shows, and few enough for the buffers. */
const pictured = 8;

interface Parts {
  readonly files: RecentFiles;
  readonly thumbnails: RecentThumbnails;
  readonly uploads: RecentUploads;
  readonly images: Images;
  readonly projects: Pick<Projects, 'offer'>;
  readonly disk: Pick<Disk, 'size'>;
  readonly buffers: Pick<Buffers, 'putBytes'>;
}

/** What was opened last, by handles: files of this machine, and copies of what was uploaded. */
export class Recents {
  readonly #parts: Parts;
  /** By path. */
  readonly #ids = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The user opened this photograph. A sample is none of theirs and is not remembered. Throws `unknown-handle`. */
  async add(imageId: string): Promise<void> {
    const { files, images, uploads, thumbnails } = this.#parts;
    const origin = images.originOf(imageId);
    if (origin?.kind === 'sample') return;
    const { name } = images.fileOf(imageId);
    const remember = async () => {
      const path = origin?.path ?? (await uploads.keep(images.fileOf(imageId)));
      if (path === undefined) return undefined;
      await files.add('photograph', path, origin === null ? name : undefined);
      await this.#tidy();
      return path;
    };
    const path = await images.using([imageId], () => this.#turn(remember));
    if (path === undefined) return;
    // Nobody waits for its small picture: pages are told once it is there.
    const picture = images.using([imageId], () => thumbnails.keep(path, images.fileOf(imageId)));
    void picture.catch(() => undefined);
  }

  /** The latest first. */
  async list(): Promise<Recent[]> {
    const { thumbnails, buffers } = this.#parts;
    const files = await this.#turn(() => this.#tidy());
    return Promise.all(
      files.map(async (file, i): Promise<Recent> => {
        const { kind, path, usedAt } = file;
        const picture = i < pictured ? await thumbnails.read(path) : undefined;
        const thumbnailId = picture === undefined ? null : buffers.putBytes(picture);
        return { recentId: this.#idOf(path), kind, name: nameFor(file), usedAt, thumbnailId };
      }),
    );
  }

  /**
   * Opens a photograph; offers a project, to be opened by its handle. Throws `unknown-handle`, `not-a-file` for a file
   * that is not there any more, which is forgotten then, and what is wrong with a photograph.
   */
  async open(recentId: string): Promise<ResponseOf<'recents:open'>> {
    const { files, images, projects, disk, uploads } = this.#parts;
    const key = [...this.#ids].find(([, id]) => id === recentId)?.[0];
    const file = (await files.list()).find(({ path }) => path === key);
    if (file === undefined) throw unknownHandle('file', recentId);
    const { path } = file;
    if ((await disk.size(path).catch(() => 0)) === undefined) {
      const name = file.name ?? basename(path);
      await this.#forget(file);
      throw new SeamfieldError(
        'not-a-file',
        `${name} is not there any more; it is off the list of recent files now.`,
        { name },
      );
    }
    if (file.kind === 'project') return { project: projects.offer({ path, name: basename(path) }) };
    const source = { path, name: nameFor(file) };
    return { image: uploads.owns(path) ? await images.add(source, null, true) : await images.add(source) };
  }

  /** Forgets all of them, and what was kept of them. The files stay where they are. */
  async clear(): Promise<void> {
    this.#ids.clear();
    await this.#turn(async () => {
      await this.#parts.files.clear();
      await this.#tidy();
    });
  }

  /** One after the other: a copy that was made for the list is not taken for one of no use. */
  #turn<T>(deed: () => Promise<T>): Promise<T> {
    const done = this.#last.then(deed);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** What there is, and nothing kept beside it that is of no use any more. */
  async #tidy(): Promise<readonly RecentFile[]> {
    const { files, thumbnails, uploads } = this.#parts;
    const beyond = await uploads.beyondRoom((await files.list()).map(({ path }) => path));
    if (beyond.length > 0) await files.remove(...beyond);
    const left = await files.list();
    const paths = left.map(({ path }) => path);
    await Promise.all([thumbnails.keepOnly(paths), uploads.keepOnly(paths)]);
    return left;
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

/** What a recent file is called for people. */
function nameFor({ kind, path, name }: RecentFile): string {
  return kind === 'project' ? nameOf(path) : (name ?? basename(path));
}
