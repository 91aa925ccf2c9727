import type { LostPicture, OpenDocument, OpenWork } from '../../../src-shared/contract/project-schemas.ts';
import type { ImageSummary } from '../../../src-shared/contract/image-schemas.ts';
import type { JobDetail } from '../../../src-shared/contract/job-schemas.ts';
import type { Buffers } from '../buffers.ts';
import { Gate } from '../gate.ts';
import type { Images } from '../images.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Parts } from '../uploads/parts.ts';
import type { Disk } from '../../disk/disk.ts';
import { picturesOf, renamed } from './handles.ts';
import { isLost, Pictures } from './pictures.ts';
import { picturesIn, resultsIn } from './project-file.ts';
import { Results } from './results.ts';
import type { SavedFile } from './saved-file.ts';
import type { Work } from './work.ts';
import { isSaved } from './work-state.ts';

/** What a work that is open needs of the services. */
export interface Surroundings {
  readonly disk: Disk;
  readonly images: Images;
  readonly jobs: Jobs;
  readonly buffers: Buffers;
  readonly parts: Parts;
}

/** Work that a page has open: what is kept of it, and what its parts are called while they are open. */
export class OpenedWork {
  readonly work: Work;
  readonly pictures: Pictures;
  readonly results: Results;
  readonly #buffers: Buffers;
  readonly #images: Images;
  readonly #gate = new Gate({ atOnce: 1, waiting: Infinity });
  savedFile: SavedFile | null = null;
  /** Whether its page has closed what was open in it: nothing of it is come back to. */
  isClosed = false;
  /** How many write a file of it just now: they need all of it as it was. */
  #readers = 0;
  /** What is to be said of it once. */
  notes: readonly string[] = [];

  constructor(work: Work, { disk, images, jobs, buffers }: Omit<Surroundings, 'parts'>) {
    this.work = work;
    this.pictures = new Pictures(disk, images, work);
    this.results = new Results(jobs, work);
    this.#buffers = buffers;
    this.#images = images;
  }

  /** What changes it, or looks at all of it, takes its turn: a page may ask for the one while the other lasts. */
  inTurn<T>(deed: () => Promise<T>): Promise<T> {
    return this.#gate.run(deed);
  }

  /** Nothing of it is removed meanwhile. */
  async reading<T>(deed: () => Promise<T>): Promise<T> {
    this.#readers++;
    try {
      return await deed();
    } finally {
      this.#readers--;
    }
  }

  /** Removes what nothing needs any more; see `Work.tidy`. True where nothing of it is left that anybody reads. */
  async tidy(isUsed: (path: string) => boolean): Promise<boolean> {
    if (this.#readers > 0) return false;
    const { removed, left } = await this.work.tidy(isUsed);
    this.pictures.forget(removed);
    this.results.forget(removed);
    return left === 0 && this.isClosed;
  }

  /** Everything a page needs to go on with it. */
  async present(): Promise<OpenWork> {
    const { state, workId } = this.work;
    const wanted = new Set(picturesOf(state.document));
    const images: ImageSummary[] = [];
    const lost: LostPicture[] = [];
    const names = new Map<string, string>();
    const shown = new Set<string>();
    for (const picture of picturesIn(state)) {
      const opened = await this.pictures.open(picture);
      if (isLost(opened)) {
        // What only a result needs costs that result, not the work.
        if (wanted.has(picture.hash)) lost.push(opened);
        continue;
      }
      images.push(opened);
      names.set(picture.hash, opened.id);
      if (wanted.has(picture.hash)) shown.add(opened.id);
    }
    const shared = {
      workId,
      name: state.savedAs?.name ?? null,
      isSaved: isSaved(state),
      readOnly: this.savedFile?.readOnly ?? null,
      images,
      lost,
      notes: [...this.notes],
    };
    this.notes = [];
    if (lost.length > 0) return { ...shared, document: null, jobs: [], masks: [] };
    const jobs = new Map<string, JobDetail>();
    for (const result of resultsIn(state)) {
      const job = this.results.open(result, names);
      if (job !== undefined) jobs.set(result.network, job);
    }
    // A training holds what it was made of.
    await this.#images.close(images.map(({ id }) => id).filter((id) => !shown.has(id)));
    const document: OpenDocument = renamed(
      state.document,
      (hash) => names.get(hash) ?? '',
      (network) => jobs.get(network)?.jobId ?? null,
    );
    const masks = [...state.masks].map(([layerId, mask]) => ({ layerId, ...this.#buffers.putMask(mask) }));
    return { ...shared, document, jobs: [...jobs.values()], masks };
  }
}
