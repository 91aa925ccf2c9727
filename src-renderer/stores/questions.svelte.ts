/** One answer that a question can have. */
export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly look: 'plain' | 'primary' | 'danger';
}

/** Something that has to be decided before what was begun goes on. */
export interface Question<Id extends string = string> {
  readonly title: string;
  readonly text: string;
  /** Besides leaving everything as it is, which is always offered. */
  readonly choices: readonly Choice<Id>[];
}

/** The question that is open, if one is. */
export class Questions {
  #open = $state.raw<{ readonly question: Question; readonly answer: (id: string | null) => void } | null>(
    null,
  );

  get open(): Question | null {
    return this.#open?.question ?? null;
  }

  /** The id of the choice that was made; null where everything is to stay as it is, and for a question over another. */
  ask<Id extends string>(question: Question<Id>): Promise<Id | null> {
    if (this.#open !== null) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#open = { question, answer: (id) => resolve(id as Id | null) };
    });
  }

  answer(id: string | null): void {
    const open = this.#open;
    this.#open = null;
    open?.answer(id);
  }
}
