/** One thing that was done and can be undone. */
export interface Edit {
  /** What it was, for the user. */
  readonly label: string;
  /** Memory it holds on to. */
  readonly bytes: number;
  undo(): void;
  redo(): void;
}

interface Entry {
  readonly edit: Edit;
  /** The states it leads from and to. */
  readonly before: number;
  readonly after: number;
}

/**
 * What was done, and what was undone and can be done again. Beyond `limit` bytes the oldest is forgotten; the latest
 * is always kept.
 */
export class History {
  readonly #limit: number;
  readonly #done: Entry[] = [];
  #undone: Entry[] = [];
  #state = 0;
  #states = 0;

  constructor(limit = 256 * 2 ** 20) {
    this.#limit = limit;
  }

  /** A number for what everything looks like now: undoing brings it back. */
  get state(): number {
    return this.#state;
  }

  get labelOfUndo(): string | null {
    return this.#done.at(-1)?.edit.label ?? null;
  }

  get labelOfRedo(): string | null {
    return this.#undone.at(-1)?.edit.label ?? null;
  }

  /** Remember an edit that has just been made. What was undone before it is lost. */
  add(edit: Edit): void {
    const before = this.#state;
    this.#state = ++this.#states;
    this.#done.push({ edit, before, after: this.#state });
    this.#undone = [];
    let bytes = this.#done.reduce((sum, { edit: { bytes } }) => sum + bytes, 0);
    while (bytes > this.#limit && this.#done.length > 1) bytes -= this.#done.shift()!.edit.bytes;
  }

  undo(): boolean {
    const entry = this.#done.pop();
    if (entry === undefined) return false;
    entry.edit.undo();
    this.#undone.push(entry);
    this.#state = entry.before;
    return true;
  }

  redo(): boolean {
    const entry = this.#undone.pop();
    if (entry === undefined) return false;
    entry.edit.redo();
    this.#done.push(entry);
    this.#state = entry.after;
    return true;
  }
}
