import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { isAlive } from '../../disk/process-identity.ts';
import { briefReasonOf } from '../../disk/disk.ts';

const prefix = 'seamfield-uploads-';
const ours = new RegExp(`^${prefix}(\\d+)-\\w{6}$`);

/** A younger folder may be of a process that can't be seen from here, in a container say; ms. */
const grace = 24 * 3600 * 1000;

/**
 * A new folder for what pages upload, private to this user. What hosts that were killed left of theirs goes.
 *
 * Throws `unwritable-output`.
 */
export async function makeUploadsFolder(root = tmpdir()): Promise<string> {
  await removeLeft(root);
  return mkdtemp(join(root, `${prefix}${process.pid}-`)).catch((cause: unknown) => {
    const why = `Uploads can't be kept in ${root} (${briefReasonOf(cause)}); name another folder by TMPDIR.`;
    throw new SeamfieldError('unwritable-output', why);
  });
}

async function removeLeft(root: string): Promise<void> {
  for (const name of await readdir(root).catch(() => [])) {
    const [, pid] = ours.exec(name) ?? [];
    if (pid === undefined || (await isAlive({ pid: Number(pid), started: null }))) continue;
    const path = join(root, name);
    const info = await lstat(path).catch(() => undefined);
    // In a folder that is everybody's, anybody may put anything by such a name.
    const isOurs = info?.isDirectory() === true && info.uid === (process.getuid?.() ?? info.uid);
    if (isOurs && Date.now() - info.mtimeMs > grace)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
