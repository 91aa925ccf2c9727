import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { briefReasonOf } from '../../disk/disk.ts';
import type { Keeping } from '../../jobs/protocol.ts';
import type { JobFolder, Standing } from './job-folder.ts';
import type { Leg } from './legs.ts';

/** Where a training is kept, if anywhere, and what is noted there of its legs. */
export class JobKeeping {
  #folder: JobFolder | null;
  readonly #unpack: (() => Promise<JobFolder>) | undefined;
  readonly #onUnsaved: (error: SeamfieldError) => void;

  /**
   * @param folder null where nothing of it outlives its process, or not yet
   * @param unpack how it comes to a folder to go on in
   * @param onUnsaved told why something could not be noted
   */
  constructor(
    folder: JobFolder | null,
    unpack: (() => Promise<JobFolder>) | undefined,
    onUnsaved: (error: SeamfieldError) => void,
  ) {
    this.#folder = folder;
    this.#unpack = unpack;
    this.#onUnsaved = onUnsaved;
  }

  get folder(): JobFolder | null {
    return this.#folder;
  }

  /** Where it stood before it was trained further, as its folder says. */
  get before(): Standing['before'] {
    return this.#folder?.standing.before;
  }

  /** A folder to go on in where it has none, its own once it `settle`s there; undefined where it can't have any. */
  async unpack(): Promise<JobFolder | undefined> {
    return this.#unpack?.();
  }

  settle(folder: JobFolder): void {
    this.#folder = folder;
  }

  /** Removes one that it never settled in. */
  async turnDown(folder: JobFolder | undefined): Promise<void> {
    if (this.#folder === null) await folder?.remove();
  }

  /** Resolves once all that was noted is there. */
  async settled(): Promise<void> {
    await this.#folder?.settled();
  }

  /** Goes with all that is in its folder. */
  async remove(): Promise<void> {
    await this.#folder?.remove();
  }

  /** What its process is to keep, where anything is kept. */
  task({ leg }: Leg, isOver: boolean): Keeping | undefined {
    return this.#folder === null ? undefined : { folder: this.#folder.path, leg, isOver };
  }

  /** What the disk refuses, the training is told of and goes on. */
  async note(standing: Partial<Standing>): Promise<void> {
    try {
      await this.#folder?.update(standing);
    } catch (cause) {
      const why = `This training can’t be kept safe (${briefReasonOf(cause)}); make room there. It goes on meanwhile.`;
      this.#onUnsaved(new SeamfieldError('unwritable-output', why));
    }
  }
}
