/**
 * What is kept of a job on disk, so that it outlives the host: `job.json` says what was asked for, the pictures that
 * were uploaded lie beside it, and the job's process puts its checkpoints there.
 */
import { copyFile, link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { handle } from '../../src-shared/contract/primitives.ts';
import { budget, jobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Recoverable } from '../../src-shared/contract/job-schemas.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import type { Budget } from '../../src-shared/model/training.ts';
import { CheckpointFolder, checkpointFiles } from '../jobs/checkpoint-folder.ts';
import { spentOf } from '../siren/checkpoint-file.ts';
import { isMissing, realDisk } from './projects/disk.ts';
import { takeLock } from './projects/lock.ts';
import { isAlive, thisProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

const leg = v.pipe(v.number(), v.integer(), v.minValue(0));
const file = v.strictObject({ path: v.string(), name: v.string() });

const record = v.strictObject({
  version: v.literal(1),
  /** Its handles were those of the host that wrote it; `files` says what each stood for. */
  request: jobRequest,
  files: v.record(handle, file),
  name: v.string(),
  leg,
  /** Of the leg under way. */
  budget,
  isOver: v.boolean(),
  /** What it is again where the leg under way is cancelled. */
  before: v.exactOptional(v.strictObject({ leg, budget })),
  owner: v.strictObject({ pid: v.number(), started: v.nullable(v.string()) }),
});
type JobRecord = v.InferOutput<typeof record>;

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

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** One after the other: on a slow disk the next change may come before the one before it is there. */
  #inTurn(deed: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(deed);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  #write(): Promise<void> {
    return this.#inTurn(() => this.#writeNow());
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

/** At most so many trainings of earlier hosts are kept to be resumed, the newest. */
const most = 16;

/** What can't be read may be a later Seamfield's, or be readable again: it stays for so long, ms. */
const grace = 30 * 24 * 3600 * 1000;

/** What earlier hosts left under `folder` and can be resumed, newest first; the rest that nobody owns is removed. */
export async function recoverableIn(folder: string): Promise<Recoverable[]> {
  const names = await readdir(folder).catch(() => []);
  const found: Recoverable[] = [];
  for (const jobId of names) {
    const path = join(folder, jobId);
    const left = v.is(handle, jobId) ? await recordIn(path) : 'none';
    if (typeof left === 'string') {
      // A folder without a record may be one that another host is just making.
      if (await isOlder(path, left === 'none' ? 60_000 : grace)) await removed(path);
      continue;
    }
    if (await isAlive(left.owner)) continue;
    const kept = await newestIn(path, left.leg).catch(() => 'unreadable' as const);
    if (kept === 'unreadable') continue;
    if (kept === undefined) await removed(path);
    else
      found.push({ jobId, kind: left.request.kind, name: left.name, ...kept, fraction: shareOf(left, kept) });
  }
  found.sort((a, b) => b.savedAt - a.savedAt);
  for (const { jobId } of found.splice(most)) await removed(join(folder, jobId));
  return found.map(({ jobId, kind, name, savedAt, step, fraction }) => ({
    jobId,
    kind,
    name,
    savedAt,
    step,
    fraction,
  }));
}

interface Kept {
  readonly savedAt: number;
  readonly step: number;
  readonly spent: NonNullable<ReturnType<typeof spentOf>>;
}

/**
 * Of the newest checkpoint up to a leg, as its header says; whether it is whole is seen when it is resumed. Throws what
 * the disk throws.
 */
async function newestIn(path: string, last: number): Promise<Kept | undefined> {
  let newest: Kept | undefined;
  for (const name of checkpointFiles) {
    const at = join(path, name);
    const head = await headOf(at).catch((cause: unknown) => {
      if (isMissing(cause)) return undefined;
      throw cause;
    });
    const spent = head && spentOf(head);
    if (spent === undefined || spent.leg > last) continue;
    const { mtimeMs: savedAt } = await stat(at);
    // By what was trained: a clock that was set says nothing of it.
    if (newest === undefined || isLater(spent, newest.spent)) newest = { savedAt, step: spent.steps, spent };
  }
  return newest;
}

const isLater = (a: Kept['spent'], b: Kept['spent']) =>
  a.leg > b.leg || (a.leg === b.leg && a.steps > b.steps);

function shareOf({ budget: spending, leg, isOver }: JobRecord, { spent }: Kept): number {
  if (isOver) return 1;
  if (spent.leg < leg) return 0;
  return Math.min(
    1,
    'steps' in spending ? spent.legSteps / spending.steps : spent.legSeconds / spending.seconds,
  );
}

/** The first bytes of a file, enough for a checkpoint's header. */
async function headOf(path: string): Promise<Uint8Array> {
  const from = await open(path, 'r');
  try {
    const head = new Uint8Array(2 ** 16);
    const { bytesRead } = await from.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await from.close();
  }
}

/** `none` where there is no file, `unreadable` where it is none of ours, or can't be read just now. */
async function recordIn(path: string): Promise<JobRecord | 'none' | 'unreadable'> {
  try {
    const parsed = v.safeParse(record, JSON.parse(await readFile(join(path, 'job.json'), 'utf8')));
    return parsed.success ? parsed.output : 'unreadable';
  } catch (cause) {
    return isMissing(cause) ? 'none' : 'unreadable';
  }
}

async function isOlder(path: string, age: number): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > age;
}

/** What can't be removed now is removed the next time. */
async function removed(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
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
