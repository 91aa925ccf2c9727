import { createHash, randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './process-identity.ts';
import { processStart } from './process-start.ts';

/** Such a file that nobody has written to for so long is nobody's, whatever is known of its writer; ms. */
const longest = 24 * 3600 * 1000;

/** Machine, process, its start, and chance: a name says who writes it. The first three are missing from older ones. */
const ours = /^\.seamfield-(?:([0-9a-f]{8})-([1-9]\d{0,9})-([0-9a-f]{8})-)?[0-9a-f]{12}\.part$/;

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
const machine = () => short(hostname());
const startOf = async (pid: number) => short((await processStart(pid)) ?? '');

/** A name that no other file has, for one that this process writes beside the place that it is for. */
export async function partName(): Promise<string> {
  const { pid } = process;
  return `.seamfield-${machine()}-${pid}-${await startOf(pid)}-${randomBytes(6).toString('hex')}.part`;
}

/**
 * Removes from a folder what writers left there that did not live to finish. Only ordinary files of this user under
 * names of `partName`, whose writer is no more, or which lie there untouched for a day: of another machine's writers
 * nothing else can be known. What can't be looked at or removed stays; nothing is thrown.
 */
export async function removeAbandonedParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const found = ours.exec(name);
    if (found === null) continue;
    const path = join(folder, name);
    if (await isAbandoned(path, found).catch(() => false))
      await rm(path, { force: true }).catch(() => undefined);
  }
}

async function isAbandoned(path: string, [, where, pid, start]: readonly string[]): Promise<boolean> {
  const info = await lstat(path);
  const isTheirs = process.getuid !== undefined && info.uid !== process.getuid();
  if (!info.isFile() || isTheirs) return false;
  if (Date.now() - info.mtimeMs > longest) return true;
  if (where !== machine() || pid === undefined) return false;
  return !isRunning(Number(pid)) || (await startOf(Number(pid))) !== start;
}
