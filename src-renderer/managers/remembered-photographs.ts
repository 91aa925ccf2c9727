import * as v from 'valibot';
import { takeWork } from './work-locks.ts';

const key = 'seamfield.photographs';
const stored = v.object({ page: v.string(), open: v.array(v.string()) });

/** Which photographs a page has open, remembered over a reload. */
export class RememberedPhotographs {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #page: string | null = null;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** Those of this page before it was reloaded; none for a copy of a page, whose photographs the first one needs. */
  async take(): Promise<readonly string[]> {
    const before = this.#read();
    const isOurs = before !== null && (await takeWork(before.page)) !== null;
    const page = isOurs ? before.page : crypto.randomUUID();
    if (!isOurs) await takeWork(page);
    this.#page = page;
    return isOurs ? before.open : [];
  }

  /** Nothing is remembered before `take`. */
  store(open: readonly string[]): void {
    if (this.#page !== null) this.#storage.setItem(key, JSON.stringify({ page: this.#page, open }));
  }

  #read(): v.InferOutput<typeof stored> | null {
    try {
      return v.parse(stored, JSON.parse(this.#storage.getItem(key) ?? ''));
    } catch {
      return null;
    }
  }
}
