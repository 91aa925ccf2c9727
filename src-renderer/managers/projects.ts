import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import type { OpenWork } from '../../src-shared/contract/project-schemas.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Left, Project } from '../stores/project.svelte.ts';
import { workspaces, type Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Transport } from '../transport/transport.ts';
import type { CloneCommands } from './clone-commands.ts';
import type { Commands } from './commands.ts';
import type { Composing } from './composing.ts';
import type { Keeper } from './keeper.ts';
import { offerTakeOver } from './project-saving.ts';
import { snapshotOf } from './project-snapshot.ts';
import { relinked } from './relinked.ts';
import { whileBusy } from './while-busy.ts';
import { takeWork, worksOpen } from './work-locks.ts';

/** What the projects' manager works on and with. */
export interface ProjectParts {
  readonly transport: Transport;
  readonly session: Session;
  readonly composition: Composition;
  readonly project: Project;
  readonly keeper: Keeper;
  readonly composing: Composing;
  readonly cloning: CloneCommands;
  readonly commands: Commands;
  readonly report: (error: unknown) => void;
  readonly notify: (message: string) => void;
}

/** Work as a whole: recovered and opened. Each rejects with the host's error. */
export class Projects {
  readonly #parts: ProjectParts;
  #release: (() => void) | null = null;
  #generation = 0;

  constructor(parts: ProjectParts) {
    this.#parts = parts;
  }

  /** The page has just begun: what it had before it was reloaded is back; what earlier visits left is offered. */
  async greet(remembered: string | null): Promise<void> {
    const { project, keeper } = this.#parts;
    if (project.workId !== null) return;
    const release = remembered === null ? null : await takeWork(remembered);
    if (remembered !== null && release !== null) {
      try {
        // What is on show already belongs to it, and would be told as new work.
        await keeper.after(() => this.#takeUp(remembered, release));
        return;
      } catch (error) {
        release();
        if (!(error instanceof SeamfieldError) || error.code !== 'unknown-handle') throw error;
      }
    }
    await this.offerLeft();
  }

  /** Goes on with work of this page, unless the user was faster: then it is offered another time. */
  async #takeUp(workId: string, release: () => void): Promise<void> {
    const { transport, session, composition } = this.#parts;
    const { image } = session;
    const work = await transport.request('projects:resume', { workId });
    if (composition.isOpen || session.image !== image) return release();
    await this.#show(work, release);
  }

  /** Offers what earlier visits left. False where there is nothing. */
  async offerLeft(): Promise<boolean> {
    const { transport, project, notify } = this.#parts;
    const isOpen = await worksOpen();
    let works = await Promise.all(
      (await transport.request('projects:left', {}))
        .filter(({ workId }) => !isOpen(workId) && workId !== project.workId)
        .map(async (work): Promise<Left> => ({ ...work, thumbnail: await this.#picture(work.thumbnailId) })),
    );
    const found = works.length > 0;
    const thumbnails = works.flatMap(({ thumbnail }) => thumbnail ?? []);
    try {
      while (works.length > 0) {
        const [what, workId = ''] = (await project.ask({ kind: 'left', works }))?.split(' ') ?? [];
        if (what === 'restore') {
          await this.#resume(workId);
          break;
        }
        if (what !== 'discard') break;
        await transport.request('projects:discard', { workId });
        notify(strings.project.discarded);
        works = works.filter((work) => work.workId !== workId);
      }
    } finally {
      for (const thumbnail of thumbnails) URL.revokeObjectURL(thumbnail);
    }
    return found;
  }

  /** Lets the user choose one of the projects that the host knows, or a file. */
  async choose(): Promise<void> {
    const { transport, project } = this.#parts;
    const projects = await transport.request('projects:list', {});
    const [what, projectId = ''] = (await project.ask({ kind: 'open', projects }))?.split(' ') ?? [];
    if (what === 'open') await this.openKnown(projectId);
    if (what === 'file') await this.openAny(true);
  }

  /** Lets the user choose a file: a project is opened, a photograph handed on. */
  async openAny(
    onlyProjects: boolean,
    take: (image: ImageSummary) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const chosen = await this.#parts.transport.chooseAny(onlyProjects);
    if (chosen === null) return;
    if ('image' in chosen) await take(chosen.image);
    else await this.#open(chosen.project);
  }

  /** A project that the host knows. */
  async openKnown(projectId: string): Promise<void> {
    await this.#open(() => this.#parts.transport.request('projects:open', { projectId }));
  }

  async openFile(file: File): Promise<void> {
    await this.#open(() => this.#parts.transport.uploadProject(file));
  }

  /** What was kept of a composition that has been closed or replaced is another work than what comes now. */
  async followComposition(): Promise<void> {
    const { composition, keeper } = this.#parts;
    if (composition.generation === this.#generation) return;
    this.#generation = composition.generation;
    const left = keeper.leave();
    this.#letGo();
    await left;
  }

  /** Holds the work that the page has now, against other pages. */
  async hold(workId: string): Promise<void> {
    if (this.#release === null) this.#release = await takeWork(workId);
  }

  async #resume(workId: string): Promise<void> {
    await this.#open(() => this.#parts.transport.request('projects:resume', { workId }));
  }

  async #open(get: () => Promise<OpenWork>): Promise<void> {
    const { keeper, session } = this.#parts;
    // What is open now stays behind as it is, to be offered another time where it was not saved.
    await keeper.flush().catch(() => undefined);
    await whileBusy(session, async () => {
      const work = await get();
      const release = await takeWork(work.workId);
      if (release === null) throw new SeamfieldError('project-in-use', strings.project.inOtherPage);
      await this.#show(work, release);
    });
  }

  async #show(opened: OpenWork, release: () => void): Promise<void> {
    const { transport, session, composition, project, keeper, composing, cloning, commands } = this.#parts;
    const work = await relinked(this.#parts, opened);
    if (work === null) return release();
    const { document, jobs, images } = work;
    if (document === null) return release();
    // What lies in a project's file as it is, is opened from there another time.
    if (project.name !== null && project.isSaved && !project.isPending)
      void keeper.leave().catch(() => undefined);
    this.#letGo();
    this.#release = release;
    const summaryOf = (id: string) => images.find((image) => image.id === id)!;
    const { composition: kept, reconstruction } = document;
    if (kept === null) await composing.close();
    else await composing.restore(await snapshotOf(transport, work, kept));
    this.#generation = composition.generation;
    keeper.begin(work.workId);
    Object.assign(project, {
      name: work.name,
      isSaved: work.isSaved,
      readOnly: work.readOnly,
      pictures: document.pictures,
    });
    if (!work.isSaved) composition.markUnsaved();
    const jobOf = (jobId: string | null | undefined) => jobs.find((job) => job.jobId === jobId);
    const blend = jobOf(kept?.result);
    if (kept !== null && blend !== undefined) await cloning.adopt(blend.jobId, kept.isResultCurrent);
    if (reconstruction !== null) {
      const { picture, settings, result, fuse } = reconstruction;
      const jobId = jobOf(result)?.jobId ?? null;
      if (session.image?.id !== picture) await commands.adopt(summaryOf(picture), settings, jobId);
      if (fuse !== undefined) Object.assign(session, { second: summaryOf(fuse.second), alpha: fuse.alpha });
    }
    const workspace = workspaces.find((name) => name === document.workspace);
    if (workspace !== undefined && session.workspace !== 'inspect') session.workspace = workspace;
    for (const note of opened.notes) this.#parts.report(new SeamfieldError('bad-project', note));
    if (work.readOnly !== null) await offerTakeOver(this.#parts, work.workId, work.readOnly);
  }

  #letGo(): void {
    this.#release?.();
    this.#release = null;
    const { keeper, project } = this.#parts;
    keeper.begin(null);
    Object.assign(project, { name: null, isSaved: true, readOnly: null, pictures: 'embedded' });
  }

  async #picture(bufferId: string | null): Promise<string | null> {
    if (bufferId === null) return null;
    try {
      const bytes = await this.#parts.transport.fetchBuffer(bufferId);
      return URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
    } catch {
      return null;
    }
  }
}
