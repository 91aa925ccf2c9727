import { basename, dirname, join } from 'node:path';
import type { RequestOf, ResponseOf } from '../../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { LeftWork, OpenWork, ProjectEntry } from '../../../src-shared/contract/project-schemas.ts';
import type { FileSource } from '../../jobs/tasks.ts';
import type { Ports } from '../ports.ts';
import { RecentFiles } from '../recents/recent-files.ts';
import type { RecentThumbnails } from '../recents/recent-thumbnails.ts';
import { sampleFile } from '../samples.ts';
import { archiveLimits } from './archive.ts';
import { asSentence } from './as-sentence.ts';
import { isMissing, realDisk, reasonOf } from '../../disk/disk.ts';
import type { Disk } from '../../disk/disk.ts';
import type { OpenedWork, Surroundings } from './open-work.ts';
import { projectBytes, projectEnding, readProject, saveProject, tooLarge } from './project-file.ts';
import { hashOf } from './objects.ts';
import { nameOf, ProjectFiles } from './project-files.ts';
import { fileNameOf } from './project-name.ts';
import { record } from './recording.ts';
import { relink } from './relinking.ts';
import { changedMeanwhile, SavedFile } from './saved-file.ts';
import { contentOf, isEmptyWork, isSaved } from './work-state.ts';
import type { WorkState } from './work-state.ts';
import { Works } from './works.ts';

type Needs = Pick<
  Ports,
  'dataFolder' | 'version' | 'samplesFolder' | 'chooseProjectPath' | 'chooseFile' | 'deliver'
>;

/** People's work: kept as it goes, saved as projects, opened again. */
export class Projects {
  readonly #ports: Needs;
  readonly #around: Surroundings;
  readonly #disk: Disk;
  readonly #files: ProjectFiles;
  readonly #thumbnails: Pick<RecentThumbnails, 'keep'>;
  readonly #works: Works;

  constructor(
    ports: Needs,
    around: Omit<Surroundings, 'disk'>,
    disk: Disk = realDisk,
    recent = new RecentFiles(disk, ports.dataFolder),
    thumbnails: Pick<RecentThumbnails, 'keep'> = { keep: () => Promise.resolve() },
  ) {
    this.#ports = ports;
    this.#around = { ...around, disk };
    this.#disk = disk;
    this.#files = new ProjectFiles(disk, ports.dataFolder, recent);
    this.#thumbnails = thumbnails;
    this.#works = new Works(this.#around, join(ports.dataFolder, 'work'));
  }

  /**
   * Keeps what a page changed. Throws `unwritable-output` where the disk takes nothing: then it is kept the next time,
   * as the work that the error's details name.
   */
  async record(request: RequestOf<'projects:record'>): Promise<ResponseOf<'projects:record'>> {
    const { workId, patches, thumbnailId } = request;
    try {
      const opened = workId === null ? await this.#works.begin() : this.#works.get(workId);
      const { work } = opened;
      const answer = await this.#works.inTurn(opened, async () => {
        await record(opened, request, this.#around);
        opened.isClosed = isEmptyWork(work.state);
        return { workId: work.workId, isSaved: isSaved(work.state) };
      });
      if (thumbnailId !== undefined) this.#showAmongRecent(opened);
      await this.#works.tidy(opened);
      return answer;
    } finally {
      // They were carried here for this alone.
      const carried = patches.map(({ partId }) => partId);
      await this.#around.parts.drop(thumbnailId === undefined ? carried : [...carried, thumbnailId]);
    }
  }

  /** What earlier visits left, the latest change first. Work that lies in its project's file as well is not spoken of. */
  left(): Promise<LeftWork[]> {
    return this.#works.left();
  }

  /** Goes on with work that was left, or that this host has open already. Throws `unknown-handle`. */
  async resume(workId: string): Promise<OpenWork> {
    return this.#works.present(await this.#works.resume(workId));
  }

  /** Throws `unknown-handle` where another host has it. */
  discard(workId: string): Promise<void> {
    return this.#works.discard(workId);
  }

  /**
   * Saves over the project's file, or as a new one. Throws `unwritable-output`, `bad-option` for a name that can't be
   * a file's, `project-exists`, `project-changed`, `project-in-use`.
   */
  async save({
    workId,
    as,
    name,
    replace,
  }: RequestOf<'projects:save'>): Promise<ResponseOf<'projects:save'>> {
    const opened = this.#works.get(workId);
    const { work } = opened;
    await work.settled();
    const known = work.state.savedAs?.path;
    const path = as || known === undefined ? await this.#choosePath(name ?? work.state.savedAs?.name) : known;
    if (path === null) return { saved: false };
    const place = await this.#disk.resolve(path).catch((cause: unknown) => {
      throw asSentence(cause, `${basename(path)} can’t be saved`);
    });
    const isSame = opened.savedFile?.path === place;
    const file = isSame ? opened.savedFile! : new SavedFile(this.#disk, place);
    try {
      if (!isSame) {
        // Nobody was asked about the file that its link leads to now.
        if (!as && path === known && opened.savedFile !== null && !replace) throw changedMeanwhile(path);
        // A dialog has asked already whether to replace; a name that was typed has not.
        const isTaken = (await this.#disk.size(place)) !== undefined;
        if (isTaken && !replace && this.#ports.chooseProjectPath === undefined) {
          throw new SeamfieldError('project-exists', `There is a project “${nameOf(path)}” already.`);
        }
        await file.lock();
      }
      await file.checkWritable(replace || !isSame);
      const { state } = work;
      const { version } = this.#ports;
      let written = '';
      const note = async (hash: string) => {
        written = hash;
        if (!isSame || file.expected.length === 0) return;
        // A host that is killed from here on must know either file for its own.
        file.expect([...file.expected.slice(0, 1), hash]);
        await work.change({ savedFiles: file.expected }).catch(() => undefined);
      };
      await opened.reading(() => saveProject(this.#disk, place, state, work.objects, version, note));
      file.expect([written]);
      if (!isSame) await opened.savedFile?.release();
      opened.savedFile = file;
      const savedAs = { path, name: nameOf(path) };
      // The project is whole whether or not this can be noted.
      await work
        .change({ savedAs, savedFiles: file.expected, savedContent: contentOf(state) })
        .catch(() => undefined);
    } catch (cause) {
      if (!isSame) await file.release();
      throw asSentence(cause, `${basename(path)} can’t be saved`);
    }
    await this.#files.remember(path);
    this.#showAmongRecent(opened);
    return { saved: true, name: nameOf(path), isSaved: isSaved(work.state) };
  }

  /** The work as a project's file, to take along; what is here stays what it is. */
  async download(workId: string): Promise<ResponseOf<'exports:save'>> {
    const opened = this.#works.get(workId);
    const { work } = opened;
    await work.settled();
    const { state } = work;
    // Links lead nowhere on another machine.
    const whole: WorkState = { ...state, document: { ...state.document, pictures: 'embedded' } };
    const bytes = await opened.reading(() => projectBytes(whole, work.objects, this.#ports.version));
    const name = `${state.savedAs?.name ?? 'Untitled'}${projectEnding}`;
    return this.#ports.deliver({ name, type: 'application/octet-stream', bytes });
  }

  list(): Promise<ProjectEntry[]> {
    return this.#ports.chooseProjectPath === undefined ? this.#files.inFolder() : this.#files.recent();
  }

  /** Throws `bad-project`, `newer-project`, `unknown-handle`, `not-a-file`. */
  open(projectId: string): Promise<OpenWork> {
    return this.#openFile({ path: this.#files.pathOf(projectId) }, true);
  }

  /** A file of this machine that the user chose or dropped, to be opened by its handle. */
  offer({ path }: FileSource): ProjectEntry {
    return this.#files.entryOf(path);
  }

  /** A project that came as bytes, laid at `path` for a while under its own name. */
  upload({ path, name }: FileSource): Promise<OpenWork> {
    return this.#openFile({ path, name }, false);
  }

  /** Electron's file dialog, for projects and photographs alike. */
  async choose(): Promise<ResponseOf<'projects:choose'>> {
    const { chooseFile } = this.#ports;
    if (chooseFile === undefined) {
      throw new SeamfieldError('not-allowed', 'In a browser the page itself asks for the file; upload it.');
    }
    const file = await chooseFile();
    if (file === null) return null;
    if (file.path.endsWith(projectEnding)) return { project: this.offer(file) };
    return { image: await this.#around.images.add(file) };
  }

  /** A lost photograph is this one: the same bytes, or with `accept` another of its size. Throws `size-mismatch`. */
  async relink({ workId, hash, imageId, accept }: RequestOf<'projects:relink'>): Promise<OpenWork> {
    const opened = this.#works.get(workId);
    await this.#works.inTurn(opened, () => relink(opened, { hash, imageId, accept }, this.#around));
    return this.#works.present(opened);
  }

  /** Becomes the one who may save a project that another Seamfield holds. */
  async takeOver(workId: string): Promise<{ readOnly: string | null }> {
    const { savedFile } = this.#works.get(workId);
    await savedFile?.lock(true);
    return { readOnly: savedFile?.readOnly ?? null };
  }

  /** Everything stays on disk but what lies in a project's file. */
  close(): Promise<void> {
    return this.#works.close();
  }

  /** The small picture of a project's file: of its composition, as its page has drawn it, or else of its photograph. */
  #showAmongRecent(opened: OpenedWork): void {
    const { state, objects } = opened.work;
    const { composition, reconstruction } = state.document;
    const hash = composition === null ? (reconstruction?.picture ?? null) : state.thumbnail;
    if (state.savedAs === null || hash === null) return;
    const { path, name } = state.savedAs;
    void this.#thumbnails.keep(path, { path: objects.pathOf(hash), name });
  }

  async #openFile(
    { path, name = basename(path) }: { readonly path: string; readonly name?: string },
    isOurs: boolean,
  ): Promise<OpenWork> {
    const { place, bytes } = await this.#read(path).catch((cause: unknown) => {
      if (cause instanceof SeamfieldError) throw cause;
      const why = isMissing(cause) ? 'it is not there any more' : reasonOf(cause);
      throw new SeamfieldError('not-a-file', `${name} can’t be opened: ${why}.`, { name });
    });
    const known = isOurs ? await this.#openedFrom(place) : undefined;
    if (known !== undefined) return this.#works.present(known);
    const opened = await this.#works.begin();
    const { work } = opened;
    try {
      const folder = isOurs ? dirname(place) : null;
      const sampleAt = (sample: string) => this.#samplePath(sample);
      const { state, notes } = await readProject(this.#disk, bytes, name, work.objects, folder, sampleAt);
      const { document, pictures, results, masks } = state;
      opened.notes = notes;
      await work.change({
        document,
        pictures: [...pictures.values()],
        results: [...results.values()],
        patches: [...masks].map(([layerId, mask]) => ({ layerId, x: 0, y: 0, ...mask })),
        changedAt: Date.now(),
      });
      if (isOurs) {
        const savedFiles = [hashOf(bytes)];
        opened.savedFile = new SavedFile(this.#disk, place);
        opened.savedFile.expect(savedFiles);
        await opened.savedFile.lock();
        const savedAs = { path, name: nameOf(path) };
        await work.change({ savedAs, savedFiles, savedContent: contentOf(work.state) });
        await this.#files.remember(path);
        this.#showAmongRecent(opened);
      }
      return await this.#works.present(opened);
    } catch (cause) {
      await this.#works.forget(opened).catch(() => undefined);
      throw asSentence(cause, `${name} can’t be opened`);
    }
  }

  /** A project's bytes, and where its name leads. Throws what the disk throws, and `bad-project`. */
  async #read(path: string): Promise<{ place: string; bytes: Uint8Array }> {
    const place = await this.#disk.resolve(path);
    const size = (await this.#disk.size(place)) ?? 0;
    if (size > archiveLimits.file) throw tooLarge(basename(path));
    return { place, bytes: await this.#disk.read(place) };
  }

  /** Work of this host that has a project's file. One whose page has closed it lets the file go. */
  async #openedFrom(path: string): Promise<OpenedWork | undefined> {
    const holder = this.#works.withFile(path);
    if (holder === undefined) return undefined;
    if (!isEmptyWork(holder.work.state)) return holder;
    await holder.savedFile?.release();
    holder.savedFile = null;
    return undefined;
  }

  #samplePath(name: string): string | undefined {
    try {
      return sampleFile(this.#ports.samplesFolder, name).path;
    } catch {
      return undefined;
    }
  }

  async #choosePath(name: string | undefined): Promise<string | null> {
    const { chooseProjectPath } = this.#ports;
    if (chooseProjectPath !== undefined) return chooseProjectPath(name ?? 'Untitled');
    if (name === undefined) throw new SeamfieldError('bad-option', 'Say what to call the project.');
    const path = join(this.#files.folder, fileNameOf(name) + projectEnding);
    await this.#disk.makeFolder(this.#files.folder).catch((cause: unknown) => {
      throw asSentence(cause, `${name} can’t be saved`);
    });
    return path;
  }
}
