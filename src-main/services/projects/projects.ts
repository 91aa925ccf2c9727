import { basename, dirname, join } from 'node:path';
import type { RequestOf, ResponseOf } from '../../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { LeftWork, OpenWork, ProjectEntry } from '../../../src-shared/contract/project-schemas.ts';
import { decodeGreyPng } from '../../imaging/grey-png.ts';
import type { FileSource } from '../../jobs/protocol.ts';
import { Gate } from '../gate.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import type { Ports } from '../ports.ts';
import { RecentFiles } from '../recent-files.ts';
import type { RecentThumbnails } from '../recent-thumbnails.ts';
import { sampleFile } from '../samples.ts';
import { isMissing, realDisk, reasonOf } from './disk.ts';
import type { Disk } from './disk.ts';
import { picturesOf, renamed, resultsOf } from './handles.ts';
import type { KeptPicture } from './manifest.ts';
import { hashOf } from './objects.ts';
import { OpenedWork } from './open-work.ts';
import type { Surroundings } from './open-work.ts';
import { projectBytes, projectEnding, readProject, saveProject } from './project-file.ts';
import { nameOf, ProjectFiles } from './project-files.ts';
import { fileNameOf } from './project-name.ts';
import type { NewResult } from './results.ts';
import { SavedFile } from './saved-file.ts';
import { Work } from './work.ts';
import { contentOf, isEmptyWork, isNewPatch, isSaved } from './work-state.ts';
import type { MaskPatch, WorkState } from './work-state.ts';

type Needs = Pick<
  Ports,
  'dataFolder' | 'version' | 'samplesFolder' | 'chooseProjectPath' | 'chooseFile' | 'deliver'
>;

/** Pixels of a mask's patch: as many as a photograph may have. */
const maxPatchPixels = 100_000_000;

/** People's work: kept as it goes, saved as projects, opened again. */
export class Projects {
  readonly #ports: Needs;
  readonly #around: Surroundings;
  readonly #disk: Disk;
  readonly #files: ProjectFiles;
  readonly #thumbnails: Pick<RecentThumbnails, 'keep'>;
  readonly #open = new Map<string, OpenedWork>();
  /** Looking at work takes its lock for a moment: who else wants it then waits, and isn't told that another has it. */
  readonly #looking = new Gate({ atOnce: 1, waiting: Infinity });

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
  }

  /**
   * Keeps what a page changed. Throws `unwritable-output` where the disk takes nothing: then it is kept the next time,
   * as the work that the error's details name.
   */
  async record(request: RequestOf<'projects:record'>): Promise<ResponseOf<'projects:record'>> {
    const { workId, patches, thumbnailId } = request;
    try {
      const opened = workId === null ? await this.#begin() : this.#get(workId);
      const answer = await this.#inTurn(opened, () => this.#record(opened, request));
      await this.#tidy(opened);
      return answer;
    } finally {
      // They were carried here for this alone.
      const carried = patches.map(({ partId }) => partId);
      await this.#around.parts.drop(thumbnailId === undefined ? carried : [...carried, thumbnailId]);
    }
  }

  async #record(
    opened: OpenedWork,
    { document, patches, thumbnailId }: RequestOf<'projects:record'>,
  ): Promise<ResponseOf<'projects:record'>> {
    const { work, pictures, results } = opened;
    const { images, parts } = this.#around;
    try {
      const found = new Map<string, KeptPicture>();
      for (const imageId of picturesOf(document)) found.set(imageId, await pictures.keep(imageId));
      const made = new Map<string, NewResult>();
      const keepKnown = async (id: string) => (images.isKnown(id) ? pictures.keep(id) : undefined);
      for (const jobId of resultsOf(document)) {
        const result = await results.keep(jobId, keepKnown);
        if (result !== undefined) made.set(jobId, result);
      }
      const kept = renamed(
        document,
        (imageId) => found.get(imageId)!.hash,
        (jobId) => made.get(jobId)?.result.network ?? null,
      );
      const told = await Promise.all(patches.map((patch) => this.#patch(patch)));
      const used = [...found.values(), ...[...made.values()].flatMap(({ pictures }) => pictures)];
      const newPictures = used.filter(({ hash }) => !work.state.pictures.has(hash));
      const newResults = [...made.values()]
        .map(({ result }) => result)
        .filter(({ network }) => !work.state.results.has(network));
      const isNew = JSON.stringify(kept) !== JSON.stringify(work.state.document);
      const masks = isNew ? told : told.filter((patch) => isNewPatch(work.state, patch));
      const thumbnail =
        thumbnailId === undefined ? undefined : await work.objects.put(await parts.read(thumbnailId));
      if (isNew || masks.length > 0 || newResults.length > 0 || thumbnail !== undefined) {
        await work.change({
          ...(isNew && { document: kept }),
          ...(newPictures.length > 0 && { pictures: newPictures }),
          ...(newResults.length > 0 && { results: newResults }),
          ...(masks.length > 0 && { patches: masks }),
          ...(thumbnail !== undefined && { thumbnail }),
          changedAt: Date.now(),
        });
      }
    } catch (cause) {
      const { code, message, details } = asSentence(cause, 'Your changes can’t be kept just now');
      throw new SeamfieldError(code, message, { ...details, workId: work.workId });
    }
    opened.isClosed = isEmptyWork(work.state);
    if (thumbnailId !== undefined) this.#showAmongRecent(opened);
    return { workId: work.workId, isSaved: isSaved(work.state) };
  }

  /** What earlier visits left, the latest change first. Work that lies in its project's file as well is not spoken of. */
  async left(): Promise<LeftWork[]> {
    const left: LeftWork[] = [];
    for (const workId of await this.#disk.list(this.#root).catch(() => [])) {
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(workId)) continue;
      const found = await this.#looking.run(() => this.#leftOf(workId));
      if (found !== undefined) left.push(found);
    }
    return left.sort((a, b) => b.changedAt - a.changedAt);
  }

  async #leftOf(workId: string): Promise<LeftWork | undefined> {
    const known = this.#open.get(workId)?.work;
    const work = known ?? (await Work.reopen(this.#disk, this.#root, workId));
    if (work === undefined) return undefined;
    const { state } = work;
    if (await this.#isSafe(state)) {
      if (known === undefined) await work.discard().catch(() => undefined);
      return undefined;
    }
    const thumbnail = state.thumbnail === null ? undefined : await work.objects.read(state.thumbnail);
    if (known === undefined) await work.close();
    return {
      workId,
      name: state.savedAs?.name ?? null,
      changedAt: state.changedAt,
      layers: state.document.composition?.layers.length ?? 0,
      thumbnailId: thumbnail === undefined ? null : this.#around.buffers.putBytes(thumbnail),
    };
  }

  /** Goes on with work that was left, or that this host has open already. Throws `unknown-handle`. */
  async resume(workId: string): Promise<OpenWork> {
    return this.#present(await this.#looking.run(async () => this.#open.get(workId) ?? this.#reopen(workId)));
  }

  async #reopen(workId: string): Promise<OpenedWork> {
    const work = await Work.reopen(this.#disk, this.#root, workId);
    if (work === undefined) throw unknownHandle('work', workId);
    const opened = this.#hold(work);
    const path = work.state.savedAs?.path;
    if (path !== undefined) {
      opened.savedFile = new SavedFile(this.#disk, path);
      await opened.savedFile.lock();
    }
    return opened;
  }

  /** Throws `unknown-handle` where another host has it. */
  async discard(workId: string): Promise<void> {
    const opened = this.#open.get(workId);
    if (opened !== undefined) return this.#inTurn(opened, () => this.#forget(opened));
    await this.#looking.run(async () => {
      const work = await Work.reopen(this.#disk, this.#root, workId);
      if (work === undefined) throw unknownHandle('work', workId);
      await work.discard();
    });
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
    const opened = this.#get(workId);
    const { work } = opened;
    await work.settled();
    const known = work.state.savedAs?.path;
    const path = as || known === undefined ? await this.#choosePath(name ?? work.state.savedAs?.name) : known;
    if (path === null) return { saved: false };
    const isSame = path === known && opened.savedFile !== null;
    const file = isSame ? opened.savedFile! : new SavedFile(this.#disk, path);
    try {
      if (!isSame) {
        // A dialog has asked already whether to replace; a name that was typed has not.
        const isTaken = (await this.#disk.size(path)) !== undefined;
        if (isTaken && !replace && this.#ports.chooseProjectPath === undefined) {
          throw new SeamfieldError('project-exists', `There is a project “${nameOf(path)}” already.`);
        }
        await file.lock();
      }
      await file.checkWritable(replace || !isSame);
      const { state } = work;
      const { version } = this.#ports;
      await opened.reading(() => saveProject(this.#disk, path, state, work.objects, version));
      await file.remember();
      if (!isSame) await opened.savedFile?.release();
      opened.savedFile = file;
      const savedAs = { path, name: nameOf(path) };
      // The project is whole whether or not this can be noted.
      await work.change({ savedAs, savedContent: contentOf(state) }).catch(() => undefined);
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
    const opened = this.#get(workId);
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
    const opened = this.#get(workId);
    await this.#inTurn(opened, () => this.#relink(opened, { hash, imageId, accept }));
    return this.#present(opened);
  }

  async #relink(
    { work, pictures }: OpenedWork,
    { hash, imageId, accept }: Omit<RequestOf<'projects:relink'>, 'workId'>,
  ): Promise<void> {
    const before = work.state.pictures.get(hash);
    if (before === undefined) throw unknownHandle('photograph', hash);
    const { images } = this.#around;
    const summary = images.get(imageId);
    if (summary.width !== before.width || summary.height !== before.height) {
      throw new SeamfieldError(
        'size-mismatch',
        `${summary.name} is ${summary.width}×${summary.height} pixels; ${before.name} was ` +
          `${before.width}×${before.height}. Choose the photograph that the project was made with.`,
      );
    }
    if (!accept && hashOf(await this.#bytesOf(imageId)) !== hash) {
      throw new SeamfieldError(
        'project-changed',
        `${summary.name} is of the right size but not the same file as ${before.name} was.`,
      );
    }
    const picture = await pictures.keep(imageId);
    const rename = (name: string) => (name === hash ? picture.hash : name);
    const document = renamed(work.state.document, rename, (network) => network);
    await work.change({ pictures: [picture], ...(picture.hash !== hash && { document }) });
  }

  /** Becomes the one who may save a project that another Seamfield holds. */
  async takeOver(workId: string): Promise<{ readOnly: string | null }> {
    const { savedFile } = this.#get(workId);
    await savedFile?.lock(true);
    return { readOnly: savedFile?.readOnly ?? null };
  }

  /** Everything stays on disk but what lies in a project's file. */
  async close(): Promise<void> {
    for (const opened of this.#open.values()) {
      await opened.inTurn(async () => {
        const { work, savedFile } = opened;
        this.#open.delete(work.workId);
        await work.settled();
        if (await this.#isSafe(work.state)) await work.discard().catch(() => undefined);
        else await work.close();
        await savedFile?.release();
      });
    }
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

  get #root(): string {
    return join(this.#ports.dataFolder, 'work');
  }

  #get(workId: string): OpenedWork {
    const found = this.#open.get(workId);
    if (found === undefined) throw unknownHandle('work', workId);
    return found;
  }

  /** Throws `unknown-handle` where it was let go of before its turn came: what is written then, nobody would find. */
  #inTurn<T>(opened: OpenedWork, deed: () => Promise<T>): Promise<T> {
    const { workId } = opened.work;
    return opened.inTurn(() => {
      if (this.#open.get(workId) !== opened) throw unknownHandle('work', workId);
      return deed();
    });
  }

  #present(opened: OpenedWork): Promise<OpenWork> {
    return this.#inTurn(opened, () => opened.present());
  }

  /** Frees what this work, and those that their pages have closed, keep on disk for nobody. */
  async #tidy(opened: OpenedWork): Promise<void> {
    const { images, jobs } = this.#around;
    const closed = [...this.#open.values()].filter(({ isClosed }) => isClosed);
    for (const one of new Set([opened, ...closed])) {
      await this.#inTurn(one, async () => {
        const used = new Set([...images.paths, ...jobs.borrowed]);
        if (await one.tidy((path) => used.has(path))) await this.#forget(one);
      }).catch(() => undefined);
    }
  }

  async #forget({ work, savedFile }: OpenedWork): Promise<void> {
    this.#open.delete(work.workId);
    await savedFile?.release();
    await work.discard();
  }

  #hold(work: Work): OpenedWork {
    const opened = new OpenedWork(work, this.#around);
    this.#open.set(work.workId, opened);
    return opened;
  }

  async #begin(): Promise<OpenedWork> {
    return this.#hold(await Work.begin(this.#disk, this.#root, newHandle()));
  }

  /** Nothing would be lost without it. */
  async #isSafe(state: WorkState): Promise<boolean> {
    if (!isSaved(state)) return false;
    if (isEmptyWork(state)) return true;
    const path = state.savedAs?.path;
    return path !== undefined && (await this.#disk.size(path).catch(() => undefined)) !== undefined;
  }

  async #openFile(
    { path, name = basename(path) }: { readonly path: string; readonly name?: string },
    isOurs: boolean,
  ): Promise<OpenWork> {
    const bytes = await this.#disk.read(path).catch((cause: unknown) => {
      const why = isMissing(cause) ? 'it is not there any more' : reasonOf(cause);
      throw new SeamfieldError('not-a-file', `${name} can’t be opened: ${why}.`, { name });
    });
    const known = isOurs ? await this.#openedFrom(path) : undefined;
    if (known !== undefined) return this.#present(known);
    const opened = await this.#begin();
    const { work } = opened;
    try {
      const folder = isOurs ? dirname(path) : null;
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
        opened.savedFile = new SavedFile(this.#disk, path);
        await opened.savedFile.lock();
        await opened.savedFile.remember();
        await work.change({ savedAs: { path, name: nameOf(path) }, savedContent: contentOf(work.state) });
        await this.#files.remember(path);
        this.#showAmongRecent(opened);
      }
      return await this.#present(opened);
    } catch (cause) {
      this.#open.delete(work.workId);
      await opened.savedFile?.release();
      await work.discard().catch(() => undefined);
      throw asSentence(cause, `${name} can’t be opened`);
    }
  }

  /** Work of this host that has a project's file. One whose page has closed it lets the file go. */
  async #openedFrom(path: string): Promise<OpenedWork | undefined> {
    const holder = [...this.#open.values()].find(({ savedFile }) => savedFile?.path === path);
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

  async #patch({
    layerId,
    partId,
    x,
    y,
  }: RequestOf<'projects:record'>['patches'][number]): Promise<MaskPatch> {
    const raster = await decodeGreyPng(await this.#around.parts.read(partId), 'This mask', maxPatchPixels);
    return { layerId, x, y, ...raster };
  }

  #bytesOf(imageId: string): Promise<Uint8Array> {
    return this.#disk.read(this.#around.images.fileOf(imageId).path);
  }
}

/** Whatever went wrong with files as a sentence; what is a sentence already stays what it is. */
function asSentence(cause: unknown, what: string): SeamfieldError {
  if (cause instanceof SeamfieldError) return cause;
  if (cause instanceof RangeError) return new SeamfieldError('size-mismatch', `${what}: ${cause.message}`);
  return new SeamfieldError('unwritable-output', `${what}: ${reasonOf(cause)}.`);
}
