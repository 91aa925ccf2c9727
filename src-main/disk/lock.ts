import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Disk } from './disk.ts';
import { codeOf } from './disk.ts';
import { isRunning } from './process-identity.ts';
import { processStart } from './process-start.ts';

const holder = v.object({
  /** Of this one lock. */
  token: v.string(),
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  host: v.string(),
  /** What `processStart` says of the pid; a number given out again is another process. */
  started: v.nullable(v.string()),
});
export type Holder = v.InferOutput<typeof holder>;

/** Who asks: this process, or a stand-in of a test. */
export interface Locker {
  readonly pid: number;
  readonly host: string;
  readonly startOf: (pid: number) => Promise<string | null>;
  readonly isAlive: (pid: number) => boolean;
}

export const thisProcess: Locker = {
  pid: process.pid,
  host: hostname(),
  startOf: processStart,
  isAlive: isRunning,
};

/** A lock that is held. */
export interface Lock {
  /** Whether it is still ours: a person may have had it taken over. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export type Locking = { readonly lock: Lock } | { readonly holder: Holder };

/**
 * Takes the lock file at `path`, or says who holds it. One whose process is gone is nobody's; of another machine's
 * process nothing can be known, so that its lock holds until a person says `force`.
 *
 * Throws what the disk throws.
 */
export async function takeLock(
  disk: Disk,
  path: string,
  who: Locker = thisProcess,
  force = false,
): Promise<Locking> {
  const token = randomBytes(12).toString('hex');
  const mine: Holder = { token, pid: who.pid, host: who.host, started: await who.startOf(who.pid) };
  const draft = join(dirname(path), `.lock-${token}.part`);
  try {
    const file = await disk.create(draft);
    try {
      await file.write(Buffer.from(JSON.stringify(mine)));
      await file.sync();
    } finally {
      await file.close();
    }
    // Somebody else may be as quick: each turn either wins, or finds who has won.
    for (let turn = 0; turn < 5; turn++) {
      if (await claim(disk, draft, path)) return { lock: lockOf(disk, path, token) };
      const found = await read(disk, path);
      if (found !== undefined && !force && !(await isStale(found, who))) return { holder: found };
      await setAside(disk, path, found, token);
    }
    const found = await read(disk, path);
    return { holder: found ?? mine };
  } finally {
    await disk.remove(draft).catch(() => undefined);
  }
}

/** A second name is given at once or not at all, with its content. */
async function claim(disk: Disk, draft: string, path: string): Promise<boolean> {
  try {
    await disk.link(draft, path);
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'].includes(codeOf(cause))) throw cause;
  }
  // A file system without second names: only the name is taken at once.
  try {
    const file = await disk.create(path);
    await file.write(await disk.read(draft));
    await file.close();
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw cause;
  }
}

/** Undefined where there is none, or nothing that can be read: torn by a crash. */
async function read(disk: Disk, path: string): Promise<Holder | undefined> {
  try {
    return v.parse(holder, JSON.parse(Buffer.from(await disk.read(path)).toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Out of the way, and back again where in the meantime it had become another's. */
async function setAside(
  disk: Disk,
  path: string,
  expected: Holder | undefined,
  token: string,
): Promise<void> {
  const aside = `${path}-${token}.part`;
  try {
    await disk.rename(path, aside);
  } catch {
    return;
  }
  const moved = await read(disk, aside);
  if (moved?.token !== expected?.token) await disk.link(aside, path).catch(() => undefined);
  await disk.remove(aside).catch(() => undefined);
}

async function isStale({ pid, host, started }: Holder, who: Locker): Promise<boolean> {
  if (host !== who.host) return false;
  if (!who.isAlive(pid)) return true;
  return started !== null && (await who.startOf(pid)) !== started;
}

function lockOf(disk: Disk, path: string, token: string): Lock {
  const isHeld = async () => (await read(disk, path))?.token === token;
  return {
    isHeld,
    async release() {
      if (await isHeld()) await disk.remove(path);
    },
  };
}
