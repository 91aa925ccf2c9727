import type { Transport } from '../transport/transport.ts';

/** Which photographs are needed at a moment, by their handles. */
export interface PhotographUses {
  /** Counts the compositions: within one, an undo brings back what it had. */
  readonly generation: number;
  readonly composed: readonly string[];
  /** By everything else that is on show, or could be again. */
  readonly others: readonly string[];
}

/** What was needed once is closed so long after it was last, ms: requests for it may still be on their way. */
const delay = 20_000;
/** As many as one request takes. */
const atOnce = 256;

/** Has the host close photographs that nothing here needs any more: their files, and what it holds of their pixels. */
export class OpenPhotographs {
  readonly #transport: Pick<Transport, 'request'>;
  readonly #remember: (ids: readonly string[]) => void;
  /** Needed at some time, and not closed since. */
  readonly #open = new Set<string>();
  readonly #composed = new Set<string>();
  #generation = -1;
  #needed = new Set<string>();
  /** Those that are about to be closed. */
  #waiting = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param remember told which are open whenever that changes, for whoever comes after a reload */
  constructor(
    transport: Pick<Transport, 'request'>,
    remember: (ids: readonly string[]) => void = () => undefined,
  ) {
    this.#transport = transport;
    this.#remember = remember;
  }

  /** These were open on this page before it was reloaded: what of them is not needed now is closed too. */
  inherit(ids: readonly string[]): void {
    for (const id of ids) this.#open.add(id);
    this.#remember([...this.#open]);
    this.#schedule();
  }

  /** These are needed now. */
  update({ generation, composed, others }: PhotographUses): void {
    if (generation !== this.#generation) this.#composed.clear();
    this.#generation = generation;
    for (const id of composed) this.#composed.add(id);
    this.#needed = new Set([...this.#composed, ...others]);
    const { size } = this.#open;
    for (const id of this.#needed) this.#open.add(id);
    if (this.#open.size > size) this.#remember([...this.#open]);
    this.#schedule();
  }

  #schedule(): void {
    const unneeded = this.#unneeded().join(' ');
    if (unneeded === this.#waiting) return;
    this.#waiting = unneeded;
    clearTimeout(this.#timer);
    if (unneeded !== '') this.#timer = setTimeout(() => this.#close(), delay);
  }

  #unneeded(): string[] {
    return [...this.#open].filter((id) => !this.#needed.has(id));
  }

  #close(): void {
    const imageIds = this.#unneeded().slice(0, atOnce);
    for (const id of imageIds) this.#open.delete(id);
    this.#remember([...this.#open]);
    this.#waiting = '';
    // A host that does not answer has closed them, or will when it ends.
    void this.#transport.request('images:close', { imageIds }).catch(() => undefined);
    this.#schedule();
  }
}
