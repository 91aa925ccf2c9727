import type { LeftWork, LostPicture, ProjectEntry } from '../../src-shared/contract/project-schemas.ts';

/** Work that an earlier visit left, and a picture of it to show. */
export interface Left extends LeftWork {
  /** Address of a small picture; null where there is none. */
  readonly thumbnail: string | null;
}

/** What the project's dialog asks. */
export type ProjectQuestion =
  | { readonly kind: 'left'; readonly works: readonly Left[] }
  | { readonly kind: 'open'; readonly projects: readonly ProjectEntry[] }
  | { readonly kind: 'name'; readonly suggested: string }
  | { readonly kind: 'lost'; readonly workId: string; readonly pictures: readonly LostPicture[] }
  /** The host's own sentence, and what may be done all the same. */
  | { readonly kind: 'replace'; readonly text: string; readonly choice: 'replace' | 'takeOver' };

/** What is kept of the work on show, and where. */
export class Project {
  /** What the host calls the work; null where there is nothing to keep yet. */
  workId = $state<string | null>(null);
  /** The project's name; null where it was never saved. */
  name = $state<string | null>(null);
  /** Whether the project's file holds everything that the host has been told. */
  isSaved = $state(true);
  /** Why the project can't be saved over; null where it can. */
  readOnly = $state<string | null>(null);
  /** Changes that the host has not been told yet. */
  isPending = $state(false);
  pictures = $state<'embedded' | 'linked'>('embedded');
  question = $state.raw<ProjectQuestion | null>(null);
  #answer: ((answer: string | null) => void) | null = null;

  /** Asks by the dialog; null where the user thought better of it. One question at a time: the one before is let go. */
  ask(question: ProjectQuestion): Promise<string | null> {
    this.answer(null);
    this.question = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answer(answer: string | null): void {
    const told = this.#answer;
    this.#answer = null;
    this.question = null;
    told?.(answer);
  }
}
