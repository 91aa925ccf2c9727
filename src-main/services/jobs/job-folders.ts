import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { subjectOf } from '../../../src-shared/contract/job-subject.ts';
import type { Recoverable } from '../../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import type { FileSource } from '../../jobs/tasks.ts';
import { unknownHandle } from '../handle.ts';
import { handlesIn } from '../handles-in.ts';
import type { Images } from '../images.ts';
import type { JobParts } from './job.ts';
import { JobFolder } from './job-folder.ts';
import type { EarlierTraining } from './job-folder.ts';
import { recoverableIn } from './left-jobs.ts';
import { briefReasonOf } from '../../disk/disk.ts';

/** What an earlier host left, its photographs open again under handles of this one. */
export interface Reopened {
  readonly folder: JobFolder;
  /** This host's handle for each of the request's. */
  readonly handles: ReadonlyMap<string, string>;
  /** By this host's handles. */
  readonly files: ReadonlyMap<string, FileSource>;
  /** Undoes it: it is what was left again. */
  putBack(): Promise<void>;
}

/** Where the trainings of this host are kept safe, if anywhere, and what earlier hosts left there. */
export class JobFolders {
  readonly #root: string | undefined;
  readonly #images: Images;

  /** @param root undefined where nothing of a training is to outlive its host */
  constructor(root: string | undefined, images: Images) {
    this.#root = root;
    this.#images = images;
  }

  /**
   * Makes a job's folder: null where nothing is to be kept, or where the disk doesn't let it, which `error` says then:
   * training is worth more than its safety.
   */
  async make(
    jobId: string,
    request: JobRequest,
  ): Promise<{ readonly folder: JobFolder | null; readonly error?: SeamfieldError }> {
    if (this.#root === undefined) return { folder: null };
    const { name, inputs } = this.#inputsOf(request);
    try {
      return { folder: await JobFolder.create(join(this.#root, jobId), request, name, inputs) };
    } catch (cause) {
      const why = `This training can’t be kept safe (${briefReasonOf(cause)}); make room there. It runs nevertheless.`;
      return { folder: null, error: new SeamfieldError('unwritable-output', why) };
    }
  }

  /** How a training of earlier comes to a folder; undefined where this host keeps none. */
  unpacking(jobId: string, request: JobRequest, earlier: EarlierTraining): JobParts['earlier'] {
    if (this.#root === undefined) return undefined;
    const path = join(this.#root, jobId);
    // The page may close them; the files stay for the job.
    const { name, inputs } = this.#inputsOf(request);
    let made: Promise<JobFolder> | undefined;
    const { leg, budget } = earlier;
    return {
      leg,
      budget,
      unpack: async () => {
        made ??= JobFolder.create(path, request, name, inputs, earlier);
        try {
          return await made;
        } catch (cause) {
          made = undefined;
          const why = `This training can’t be gone on with just now (${briefReasonOf(cause)}); make room there.`;
          throw new SeamfieldError('unwritable-output', why);
        }
      },
    };
  }

  /** What can be gone on with, newest first. */
  async left(): Promise<Recoverable[]> {
    return this.#root === undefined ? [] : recoverableIn(this.#root);
  }

  /** Throws `unknown-handle`, what opening its photographs throws, and what the disk throws. */
  async reopen(jobId: string): Promise<Reopened> {
    if (this.#root === undefined) throw unknownHandle('job', jobId);
    const folder = await JobFolder.adopt(join(this.#root, jobId));
    const handles = new Map<string, string>();
    const files = new Map<string, FileSource>();
    const putBack = async () => {
      await this.#images.close([...handles.values()]);
      await folder.giveBack();
    };
    try {
      for (const [id, file] of Object.entries(folder.files)) {
        const opened = await this.#images.add(file);
        handles.set(id, opened.id);
        files.set(opened.id, file);
      }
    } catch (thrown) {
      // Its photograph may come back; until then it stays what was left.
      await putBack();
      throw thrown;
    }
    return { folder, handles, files, putBack };
  }

  /** Deletes what is kept of a job. Throws what the disk throws. */
  async remove(jobId: string): Promise<void> {
    if (this.#root !== undefined) await rm(join(this.#root, jobId), { recursive: true, force: true });
  }

  #inputsOf(request: JobRequest) {
    return {
      name: this.#images.get(subjectOf(request)).name,
      inputs: new Map(handlesIn(request).map((id) => [id, this.#images.inputOf(id)])),
    };
  }
}
