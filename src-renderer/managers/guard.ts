import type { Composition } from '../stores/composition.svelte.ts';
import type { Project } from '../stores/project.svelte.ts';
import type { Questions } from '../stores/questions.svelte.ts';
import { strings } from '../strings.ts';

const words = strings.composition.guard;

/** Sees to it that edits of the composition are not lost without a word. */
export class Guard {
  readonly #composition: Pick<Composition, 'isDirty'>;
  readonly #project: Pick<Project, 'isPending'>;
  readonly #questions: Questions;
  readonly #save: () => Promise<void>;

  /** @param save has the user save the project; afterwards the composition is dirty where nothing came of it */
  constructor(
    composition: Pick<Composition, 'isDirty'>,
    project: Pick<Project, 'isPending'>,
    questions: Questions,
    save: () => Promise<void>,
  ) {
    this.#composition = composition;
    this.#project = project;
    this.#questions = questions;
    this.#save = save;
  }

  /** Whether the composition may be closed or replaced now; asks the user where that would lose edits. */
  async mayLeave(): Promise<boolean> {
    if (!this.#composition.isDirty) return true;
    const { title, text, leave, save } = words;
    const choices = [
      { id: 'leave', label: leave, look: 'danger' },
      { id: 'save', label: save, look: 'primary' },
    ] as const;
    const answer = await this.#questions.ask({ title, text, choices });
    if (answer !== 'save') return answer === 'leave';
    await this.#save();
    return !this.#composition.isDirty;
  }

  /**
   * The same for the page itself, as long as the host has not been told of every edit: what it was told is there again
   * at the next visit. A browser asks in its own words before it reloads or closes, Electron's main by a dialog.
   * Returns the undoing.
   */
  watch(window: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
    const refuse = (event: BeforeUnloadEvent) => {
      if (this.#composition.isDirty && this.#project.isPending) event.preventDefault();
    };
    window.addEventListener('beforeunload', refuse);
    return () => window.removeEventListener('beforeunload', refuse);
  }
}
