/**
 * What is kept of a job on disk, so that it outlives the host: `job.json` says what was asked for, the pictures that
 * were uploaded lie beside it, and the job's process puts its checkpoints there.
 */
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import type { Budget } from '../../../src-shared/model/training.ts';
import { CheckpointFolder, checkpointFiles } from '../../jobs/checkpoint-folder.ts';
import { recordIn } from './job-record.ts';
import type { JobRecord } from './job-record.ts';
import { isMissing, realDisk } from '../../disk/disk.ts';
import { takeLock } from '../../disk/lock.ts';
import { isAlive, thisProcess } from '../../disk/process-identity.ts';
import type { ProcessIdentity } from '../../disk/process-identity.ts';

/** An input of a job; `isOurs`: it was uploaded, and is deleted when nobody needs it any more. */
export interface JobInput {
  readonly path: string;
  readonly name: string;
  readonly isOurs: boolean;
}

/** Where a job stands, as its record says it. */
export interface Standing {
  readonly leg: number;
  readonly budget: Budget;
  readonly isOver: boolean;
  /** Of one that is being trained further: where it stood before, and stands again should that be cancelled. */
  readonly before?: { readonly leg: number; readonly budget: Budget } | undefined;
}

/** A training that was finished elsewhere, to be gone on with: where its newest checkpoint lies, and where it stands. */
export interface EarlierTraining extends Pick<Standing, 'leg' | 'budget'> {
  readonly checkpoint: string;
}

/** The folder of one job of this host. */
export class JobFolder {
  readonly path: string;
  #record: JobRecord;
  #writing: Promise<void> = Promise.resolve();
  #isRemoved = false;
  /** Whose it was before it was adopted. */
  readonly #former: JobRecord['owner'] | undefined;

  private constructor(path: string, content: JobRecord, former?: JobRecord['owner']) {
    this.path = path;
    this.#record = content;
    this.#former = former;
  }

  /** Throws what the disk throws, and then leaves nothing behind. */
  static async create(
    path: string,
    request: JobRequest,
    name: string,
    inputs: ReadonlyMap<string, JobInput>,
    earlier?: EarlierTraining,
  ): Promise<JobFolder> {
    await realDisk.makeFolder(path);
    try {
      const files: JobRecord['files'] = {};
      for (const [id, input] of inputs) files[id] = await takeIn(path, id, input);
      if (earlier !== undefined) await sameFile(earlier.checkpoint, join(path, checkpointFiles[0]));
      const owner = mutable(await thisProcess());
      const folder = new JobFolder(path, {
        version: 1,
        request,
        files,
        name,
        leg: earlier?.leg ?? 0,
        budget: earlier?.budget ?? request.budget,
        isOver: earlier !== undefined,
        owner,
      });
      await folder.#write();
      return folder;
    } catch (cause) {
      await rm(path, { recursive: true, force: true });
      throw cause;
    }
  }

  /** Takes over a folder that an earlier host left. Throws `unknown-handle` where there is none that can be read. */
  static async adopt(path: string): Promise<JobFolder> {
    const gone = new SeamfieldError('unknown-handle', 'This training is not there any more; train again.');
    // Two hosts that were started at once may both be told to.
    const locking = await takeLock(realDisk, join(path, 'lock')).catch((cause: unknown) => {
      throw isMissing(cause) ? gone : cause;
    });
    if (!('lock' in locking)) throw gone;
    try {
      const found = await recordIn(path);
      if (typeof found === 'string' || (await isAlive(found.owner))) throw gone;
      const folder = new JobFolder(path, { ...found, owner: mutable(await thisProcess()) }, found.owner);
      await folder.#write();
      return folder;
    } finally {
      await locking.lock.release().catch(() => undefined);
    }
  }

  /** Undoes `adopt`: it is what an earlier host left again. Throws what the disk throws. */
  async giveBack(): Promise<void> {
    if (this.#former === undefined) return;
    this.#record = { ...this.#record, owner: this.#former };
    await this.#write();
  }

  get request(): JobRequest {
    return this.#record.request;
  }

  get name(): string {
    return this.#record.name;
  }

  get standing(): Standing {
    const { leg, budget: spending, isOver, before } = this.#record;
    return { leg, budget: spending, isOver, before };
  }

  /** What each handle of the request stands for. */
  get files(): Readonly<Record<string, { readonly path: string; readonly name: string }>> {
    return this.#record.files;
  }

  /** Throws what the disk throws. */
  update(standing: Partial<Standing>): Promise<void> {
    this.#record = { ...this.#record, ...(standing as Partial<JobRecord>) };
    return this.#write();
  }

  /** What it has come to stays there, whatever another leg writes. Throws what the disk throws. */
  keepBefore(): Promise<void> {
    const { leg } = this.#record;
    return this.#inTurn(() => new CheckpointFolder(this.path).keepBefore(leg));
  }

  /** The newest checkpoint's file; undefined where there is none that is whole, or it has more bytes than `limit`. */
  checkpoint(limit: number): Promise<Uint8Array | undefined> {
    return new CheckpointFolder(this.path).newestFile(this.#record.leg, limit);
  }

  /** What is still to be written into it is not: its end may be noted while it is forgotten. Throws what the disk throws. */
  remove(): Promise<void> {
    this.#isRemoved = true;
    return this.#inTurn(() => rm(this.path, { recursive: true, force: true }));
  }

  /** Resolves once nothing is being written into it. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** One after the other: on a slow disk the next change may come before the one before it is there. */
  #inTurn(deed: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(deed);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  #write(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#isRemoved) await this.#writeNow();
    });
  }

  async #writeNow(): Promise<void> {
    const draft = join(this.path, 'job.part');
    const out = await open(draft, 'w', 0o600);
    try {
      await out.writeFile(JSON.stringify(this.#record));
      await out.sync();
    } finally {
      await out.close();
    }
    await rename(draft, join(this.path, 'job.json'));
  }
}

/** What is ours gets a second name, or a copy where that can't be; what is the user's stays where it is. */
async function takeIn(
  folder: string,
  id: string,
  { path, name, isOurs }: JobInput,
): Promise<{ path: string; name: string }> {
  if (!isOurs) return { path, name };
  const at = join(folder, `input-${id}`);
  await sameFile(path, at);
  return { path: at, name };
}

/** A second name for a file that is never written in place, or a copy where that can't be. */
async function sameFile(path: string, at: string): Promise<void> {
  await link(path, at).catch(() => copyFile(path, at));
}

const mutable = ({ pid, started }: ProcessIdentity) => ({ pid, started });
