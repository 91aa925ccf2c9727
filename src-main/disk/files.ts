import { access, constants, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { partName, removeAbandonedParts } from './part-files.ts';

/**
 * Refuses, before any work is done, an output that could not be written afterwards: a folder or a device, a place in
 * a folder that isn't there or can't be written to, or one of the inputs itself (by whatever name or link).
 *
 * Leaves nothing behind. Throws `unwritable-output`.
 */
export async function checkWritable(path: string, inputs: readonly string[] = []): Promise<void> {
  const place = await placeOf(path);
  for (const input of inputs) {
    if (await isSameFile(place.path, input)) {
      throw unwritable(path, `is the input ${basename(input)} itself; choose another name for the output`);
    }
  }
  // Permissions alone don't tell of read-only disks and the like; only writing does.
  const { handle, temporary } = await openBeside(place.path, path);
  await handle.close();
  await rm(temporary, { force: true });
}

/** True where two paths lead to one file on disk, through links and whatever the case of letters. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  if (first === undefined || second === undefined) return resolve(a) === resolve(b);
  return first.dev === second.dev && first.ino === second.ino;
}

/**
 * Writes a file whole or not at all: beside its place under another name, flushed to disk, then renamed.
 *
 * A file that was there is replaced, its permissions kept; a link stays a link. On failure nothing is left
 * behind and what was there before is untouched; what an earlier one that was killed left in the folder goes. Throws
 * `unwritable-output`.
 */
export function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  return writeTogether([{ path, bytes }]);
}

/** One file to write. */
export interface Output {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** `writeWhole` for several: no file takes its place before each of them is on disk. */
export async function writeTogether(outputs: readonly Output[]): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const output of outputs) staged.push(await stage(output));
    for (const { path, place, temporary } of staged) {
      await rename(temporary, place).catch((cause: unknown) => {
        throw unwritable(path, `can't be written: ${reasonOf(cause)}`);
      });
    }
  } catch (thrown) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw thrown;
  }
}

/** A file's bytes on disk, beside the place they are for. */
interface Staged {
  readonly path: string;
  readonly place: string;
  readonly temporary: string;
}

async function stage({ path, bytes }: Output): Promise<Staged> {
  const place = await placeOf(path);
  await removeAbandonedParts(dirname(place.path));
  const { handle, temporary } = await openBeside(place.path, path);
  try {
    try {
      await handle.writeFile(bytes);
      if (place.mode !== undefined) await handle.chmod(place.mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    await rm(temporary, { force: true });
    throw unwritable(path, `can't be written: ${reasonOf(cause)}`);
  }
  return { path, place: place.path, temporary };
}

interface Place {
  /** Where the file itself lies, links followed. */
  readonly path: string;
  /** Permissions of the file that is there, if one is. */
  readonly mode?: number;
}

async function placeOf(path: string): Promise<Place> {
  if (basename(path) === '' || path.includes('\0')) throw unwritable(path, 'is not the name of a file');
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder === undefined) throw unwritable(path, `is in a folder that doesn't exist; create it first`);
  if (!folder.isDirectory()) throw unwritable(path, `is in something that is not a folder`);
  if (/[/\\]$/.test(path)) throw unwritable(path, 'is a folder; give a file name');
  const there = await stat(path).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw unwritable(path, `can't be written: ${reasonOf(cause)}`);
  });
  if (there === undefined) {
    // A link whose file is yet to be.
    const linked = await readlink(path).catch(() => undefined);
    return linked === undefined ? { path: resolve(path) } : placeOf(resolve(dirname(path), linked));
  }
  if (there.isDirectory()) throw unwritable(path, 'is a folder; give a file name');
  if (!there.isFile()) throw unwritable(path, 'is not an ordinary file');
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(path, `can't be overwritten: ${reasonOf(cause)}`);
  });
  return { path: await realpath(path), mode: there.mode & 0o777 };
}

async function openBeside(place: string, path: string): Promise<{ handle: FileHandle; temporary: string }> {
  const temporary = join(dirname(place), await partName());
  const handle = await open(temporary, 'wx').catch((cause: unknown) => {
    throw unwritable(path, `can't be written: ${reasonOf(cause)}`);
  });
  return { handle, temporary };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'writing there is not permitted',
  EPERM: 'writing there is not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'nothing can be created in that folder',
  ENAMETOOLONG: 'its name is too long',
};

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}

/** Why nothing can be written, to follow a colon or to stand in brackets. */
export function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  return reasons[code] ?? `the system says ${code}`;
}

function unwritable(path: string, why: string): SeamfieldError {
  return new SeamfieldError('unwritable-output', `The output ${path} ${why}.`, { path });
}
