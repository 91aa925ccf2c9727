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
  readonly #listeners = new Set<() => void>();
  #done: Entry[] = [];
  #undone: Entry[] = [];
  #state = 0;
  #states = 0;
  #forgets = false;

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

  /** What every entry was, oldest first, the undone ones included. */
  get labels(): readonly string[] {
    return [...this.#done, ...this.#undone.toReversed()].map(({ edit }) => edit.label);
  }

  /** How many of `labels` are done; the others are undone. */
  get position(): number {
    return this.#done.length;
  }

  /** Whether the oldest entries have been forgotten, so that the beginning is out of reach. */
  get forgets(): boolean {
    return this.#forgets;
  }

  /** Memory that all entries hold on to. */
  get bytes(): number {
    return [...this.#done, ...this.#undone].reduce((sum, { edit }) => sum + edit.bytes, 0);
  }

  /** Called after every change. Returns the function that ends the subscription. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Remember an edit that has just been made. What was undone before it is lost. */
  add(edit: Edit): void {
    const before = this.#state;
    this.#state = ++this.#states;
    this.#done.push({ edit, before, after: this.#state });
    this.#undone = [];
    let { bytes } = this;
    while (bytes > this.#limit && this.#done.length > 1) {
      bytes -= this.#done.shift()!.edit.bytes;
      this.#forgets = true;
    }
    this.#tell();
  }

  undo(): boolean {
    return this.goTo(this.position - 1);
  }

  redo(): boolean {
    return this.goTo(this.position + 1);
  }

  /** Undo or redo until so many entries are done; false, and nothing happens, where there are not so many. */
  goTo(position: number): boolean {
    if (position < 0 || position > this.#done.length + this.#undone.length) return false;
    while (this.#done.length > position) this.#undoOne();
    while (this.#done.length < position) this.#redoOne();
    this.#tell();
    return true;
  }

  /** Forget everything; what everything looks like now is a new beginning. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
    this.#state = ++this.#states;
    this.#forgets = false;
    this.#tell();
  }

  #undoOne(): void {
    const entry = this.#done.pop()!;
    entry.edit.undo();
    this.#undone.push(entry);
    this.#state = entry.before;
  }

  #redoOne(): void {
    const entry = this.#undone.pop()!;
    entry.edit.redo();
    this.#done.push(entry);
    this.#state = entry.after;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
