import { Gate } from '../gate.ts';
import { newHandle, unknownHandle } from '../handle.ts';
import type { LeftWork, OpenWork } from '../../../src-shared/contract/project-schemas.ts';
import { OpenedWork } from './open-work.ts';
import type { Surroundings } from './open-work.ts';
import { SavedFile } from './saved-file.ts';
import { Work } from './work.ts';
import { isEmptyWork, isSaved } from './work-state.ts';
import type { WorkState } from './work-state.ts';

/** People's work in the data folder: what is open in this host, and what earlier ones left. */
export class Works {
  readonly #around: Surroundings;
  readonly #root: string;
  readonly #open = new Map<string, OpenedWork>();
  /** Looking at work takes its lock for a moment: who else wants it then waits, and isn't told that another has it. */
  readonly #looking = new Gate({ atOnce: 1, waiting: Infinity });

  /** @param root the folder of all work */
  constructor(around: Surroundings, root: string) {
    this.#around = around;
    this.#root = root;
  }

  /** Throws `unknown-handle`. */
  get(workId: string): OpenedWork {
    const found = this.#open.get(workId);
    if (found === undefined) throw unknownHandle('work', workId);
    return found;
  }

  /** Throws `unknown-handle` where it was let go of before its turn came: what is written then, nobody would find. */
  inTurn<T>(opened: OpenedWork, deed: () => Promise<T>): Promise<T> {
    const { workId } = opened.work;
    return opened.inTurn(() => {
      if (this.#open.get(workId) !== opened) throw unknownHandle('work', workId);
      return deed();
    });
  }

  /** Everything a page needs to go on with it. */
  present(opened: OpenedWork): Promise<OpenWork> {
    return this.inTurn(opened, () => opened.present());
  }

  /** Frees what this work, and those that their pages have closed, keep on disk for nobody. */
  async tidy(opened: OpenedWork): Promise<void> {
    const { images, jobs } = this.#around;
    const closed = [...this.#open.values()].filter(({ isClosed }) => isClosed);
    for (const one of new Set([opened, ...closed])) {
      await this.inTurn(one, async () => {
        const used = new Set([...images.paths, ...jobs.borrowed]);
        if (await one.tidy((path) => used.has(path))) await this.forget(one);
      }).catch(() => undefined);
    }
  }

  /** Nothing of it is left. */
  async forget({ work, savedFile }: OpenedWork): Promise<void> {
    this.#open.delete(work.workId);
    await savedFile?.release();
    await work.discard();
  }

  /** The one that has this project's file. */
  withFile(path: string): OpenedWork | undefined {
    return [...this.#open.values()].find(({ savedFile }) => savedFile?.path === path);
  }

  /** What earlier visits left, the latest change first. Work that lies in its project's file as well is not spoken of. */
  async left(): Promise<LeftWork[]> {
    const left: LeftWork[] = [];
    for (const workId of await this.#around.disk.list(this.#root).catch(() => [])) {
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(workId)) continue;
      const found = await this.#looking.run(() => this.#leftOf(workId));
      if (found !== undefined) left.push(found);
    }
    return left.sort((a, b) => b.changedAt - a.changedAt);
  }

  async #leftOf(workId: string): Promise<LeftWork | undefined> {
    const known = this.#open.get(workId)?.work;
    const work = known ?? (await Work.reopen(this.#around.disk, this.#root, workId));
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
  resume(workId: string): Promise<OpenedWork> {
    return this.#looking.run(async () => this.#open.get(workId) ?? this.#reopen(workId));
  }

  async #reopen(workId: string): Promise<OpenedWork> {
    const work = await Work.reopen(this.#around.disk, this.#root, workId);
    if (work === undefined) throw unknownHandle('work', workId);
    const opened = this.#hold(work);
    const path = work.state.savedAs?.path;
    if (path !== undefined) {
      const { disk } = this.#around;
      opened.savedFile = new SavedFile(disk, await disk.resolve(path).catch(() => path));
      opened.savedFile.expect(work.state.savedFiles);
      await opened.savedFile.lock();
    }
    return opened;
  }

  /** Throws `unknown-handle` where another host has it. */
  async discard(workId: string): Promise<void> {
    const opened = this.#open.get(workId);
    if (opened !== undefined) return this.inTurn(opened, () => this.forget(opened));
    await this.#looking.run(async () => {
      const work = await Work.reopen(this.#around.disk, this.#root, workId);
      if (work === undefined) throw unknownHandle('work', workId);
      await work.discard();
    });
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

  #hold(work: Work): OpenedWork {
    const opened = new OpenedWork(work, this.#around);
    this.#open.set(work.workId, opened);
    return opened;
  }

  /** Throws `unwritable-output`. */
  async begin(): Promise<OpenedWork> {
    return this.#hold(await Work.begin(this.#around.disk, this.#root, newHandle()));
  }

  /** Nothing would be lost without it. */
  async #isSafe(state: WorkState): Promise<boolean> {
    if (!isSaved(state)) return false;
    if (isEmptyWork(state)) return true;
    const path = state.savedAs?.path;
    if (path === undefined) return false;
    const file = new SavedFile(this.#around.disk, path);
    file.expect(state.savedFiles);
    return file.isExpected().catch(() => false);
  }
}
