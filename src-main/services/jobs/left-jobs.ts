/** What earlier hosts left of their trainings, as far as their folders tell. */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Recoverable } from '../../../src-shared/contract/job-schemas.ts';
import { handle } from '../../../src-shared/contract/primitives.ts';
import { checkpointFiles } from '../../jobs/checkpoint-folder.ts';
import { spentOf } from '../../siren/checkpoint-file.ts';
import { recordIn } from './job-record.ts';
import type { JobRecord } from './job-record.ts';
import { isAlive } from '../../disk/process-identity.ts';
import { isMissing } from '../../disk/disk.ts';

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

async function isOlder(path: string, age: number): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > age;
}

/** What can't be removed now is removed the next time. */
async function removed(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
