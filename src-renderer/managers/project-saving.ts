import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Project } from '../stores/project.svelte.ts';
import type { Session } from '../stores/session.svelte.ts';
import { strings } from '../strings.ts';
import type { Transport } from '../transport/transport.ts';
import type { Keeper } from './keeper.ts';

interface SavingParts {
  readonly transport: Transport;
  readonly session: Session;
  readonly composition: Composition;
  readonly project: Project;
  readonly keeper: Keeper;
  readonly notify: (message: string) => void;
}

/** The work under way as a file: saved where the user has it kept, or taken along. Each rejects with the host's error. */
export class ProjectSaving {
  readonly #parts: SavingParts;

  constructor(parts: SavingParts) {
    this.#parts = parts;
  }

  /** Saves over the project's file; with `as`, or where there is none, under another name. */
  async save(as: boolean): Promise<void> {
    const { session, project, keeper, composition } = this.#parts;
    await keeper.flush();
    const { workId } = project;
    if (workId === null) return;
    const asks = session.info?.host === 'electron';
    const isNew = as || project.name === null;
    let name: string | null = null;
    if (isNew && !asks) {
      name = await project.ask({ kind: 'name', suggested: project.name ?? this.#suggestedName() });
      if (name === null) return;
    }
    const state = composition.history.state;
    const saved = await this.#save({ workId, as: isNew, ...(name !== null && { name }), replace: false });
    if (saved === null) return;
    Object.assign(project, {
      name: saved.name ?? project.name,
      isSaved: saved.isSaved ?? true,
      readOnly: null,
    });
    if (composition.history.state === state) composition.markSaved();
    this.#parts.notify(strings.project.saved(saved.name ?? ''));
  }

  /** The work as a file to take along. */
  async download(): Promise<void> {
    const { transport, project, keeper, notify } = this.#parts;
    await keeper.flush();
    if (project.workId === null) return;
    const { saved, url, name } = await transport.request('projects:download', { workId: project.workId });
    if (!saved) return;
    if (url !== undefined) transport.download(url, name ?? '');
    notify(strings.project.saved(name ?? ''));
  }

  /** Null where the user thought better of it. */
  async #save(request: {
    workId: string;
    as: boolean;
    name?: string;
    replace: boolean;
  }): Promise<{ name?: string; isSaved?: boolean } | null> {
    const { transport, project } = this.#parts;
    try {
      const saved = await transport.request('projects:save', request);
      return saved.saved ? saved : null;
    } catch (error) {
      if (!(error instanceof SeamfieldError)) throw error;
      if (error.code === 'project-in-use' && !request.replace) {
        const { workId } = request;
        if (!(await offerTakeOver(this.#parts, workId, error.message))) return null;
        return this.#save({ ...request, replace: true });
      }
      if (!['project-exists', 'project-changed'].includes(error.code)) throw error;
      const answer = await project.ask({ kind: 'replace', text: error.message, choice: 'replace' });
      return answer === null ? null : this.#save({ ...request, replace: true });
    }
  }

  #suggestedName(): string {
    const { composition, session } = this.#parts;
    const name = composition.target?.summary.name ?? session.image?.name ?? strings.project.untitled;
    return name.replace(/\.[^.]+$/, '').slice(0, 80);
  }
}

/** Says that another Seamfield has the project. True where the user has this one take it over, and it could. */
export async function offerTakeOver(
  { transport, project }: Pick<SavingParts, 'transport' | 'project'>,
  workId: string,
  text: string,
): Promise<boolean> {
  project.readOnly = text;
  if ((await project.ask({ kind: 'replace', text, choice: 'takeOver' })) === null) return false;
  const { readOnly } = await transport.request('projects:take-over', { workId });
  project.readOnly = readOnly;
  return readOnly === null;
}
