import { picturesIn, resultsIn } from './project-file.ts';
import type { WorkState } from './work-state.ts';

/** The files without which a state can't be shown as it is, by their hashes. Its small picture is none of them. */
export function needsOf(state: WorkState): Set<string> {
  const results = resultsIn(state).flatMap(({ network, training }) =>
    training === undefined ? [network] : [network, training.state],
  );
  return new Set([...picturesIn(state).map(({ hash }) => hash), ...results]);
}

/**
 * What the states need that a work's journal can lead to. Damage to its newest file may lead back to any state of that
 * one, or of the one before it, which is kept as well.
 */
export class JournalNeeds {
  /** Of the newest file, and of the one before it; null where another process wrote it. */
  #newest: Set<string> | null;
  #before: Set<string> | null;

  /** @param isNew whether there is no journal yet */
  constructor(isNew: boolean) {
    this.#newest = isNew ? new Set() : null;
    this.#before = isNew ? new Set() : null;
  }

  /** The newest file leads to this state too. */
  appended(state: WorkState): void {
    for (const hash of needsOf(state)) this.#newest?.add(hash);
  }

  /** A new file begins with this state. */
  begun(state: WorkState): void {
    this.#before = this.#newest;
    this.#newest = needsOf(state);
  }

  has(hash: string): boolean {
    return (this.#newest?.has(hash) ?? true) || (this.#before?.has(hash) ?? true);
  }
}
