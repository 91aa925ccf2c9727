/** What was made lately and may be asked for again, within a budget of bytes: the longest unused goes first. */
export class RecentlyUsed<T> {
  readonly #kept = new Map<string, { readonly made: Promise<T>; bytes: number }>();
  readonly #limit: number;
  readonly #sizeOf: (made: T) => number;
  #bytes = 0;

  /** @param limit bytes that are kept at most; what is larger by itself is handed out but not kept */
  constructor(limit: number, sizeOf: (made: T) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  /** What `make` makes under this name, made once while it is kept; two who ask at a time share one making. */
  async get(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(name);
    if (known !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known.made;
    }
    const entry = { made: make(), bytes: 0 };
    this.#kept.set(name, entry);
    try {
      const made = await entry.made;
      if (this.#kept.get(name) !== entry) return made;
      entry.bytes = this.#sizeOf(made);
      this.#bytes += entry.bytes;
      this.#shrink();
      return made;
    } catch (thrown) {
      if (this.#kept.get(name) === entry) this.#kept.delete(name);
      throw thrown;
    }
  }

  /** Lets go of everything whose name `isGone` says so of; who waits for it still gets it. */
  forget(isGone: (name: string) => boolean): void {
    for (const [name, entry] of this.#kept) {
      if (!isGone(name)) continue;
      this.#kept.delete(name);
      this.#bytes -= entry.bytes;
    }
  }

  #shrink(): void {
    for (const [name, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#limit) return;
      // What is still being made has no size yet, and those who wait for it hold it anyway.
      if (bytes === 0) continue;
      this.#kept.delete(name);
      this.#bytes -= bytes;
    }
  }
}
