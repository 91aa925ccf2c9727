import { constants, link, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';

/** A file being written, from its beginning or its end. */
export interface DiskFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves once everything written so far survives a loss of power. */
  sync(): Promise<void>;
  /** Whether it is what lies at `path`: a file that was moved or deleted takes writes all the same. */
  isAt(path: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * All that keeping a person's work asks of a file system, so that a test can make each call fail, or be the last one.
 *
 * Errors are Node's, with their `code`; see `sentenceOf`.
 */
export interface Disk {
  /** All of an ordinary file. Fails with EISDIR where something else lies there: reading a pipe might never end. */
  read(path: string): Promise<Uint8Array>;
  /** Bytes of an ordinary file; undefined where there is nothing by this name. Fails with EISDIR for anything else. */
  size(path: string): Promise<number | undefined>;
  /** Who may do what with a file, as `create` takes it; undefined where there is none. */
  mode(path: string): Promise<number | undefined>;
  /** Where a name leads, through links; the name itself where there is nothing. */
  resolve(path: string): Promise<string>;
  /** The names in a folder, in no order; none where there is no folder. */
  list(folder: string): Promise<string[]>;
  /** With every folder above it, for this user alone. */
  makeFolder(folder: string): Promise<void>;
  /** A new file, for this user alone unless `mode` says otherwise. Fails with EEXIST where there is one. */
  create(path: string, mode?: number): Promise<DiskFile>;
  /** An existing file, to write at its end. */
  append(path: string): Promise<DiskFile>;
  /** Replaces what is at `to`, at once. */
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file. Fails with EEXIST where `to` is taken. */
  link(from: string, to: string): Promise<void>;
  /** A file or a whole folder; nothing where there is none. */
  remove(path: string): Promise<void>;
  /** Resolves once creations, renames and removals in a folder survive a loss of power. */
  syncFolder(folder: string): Promise<void>;
}

export const realDisk: Disk = {
  async read(path) {
    // Opening a pipe would wait for somebody who writes to it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      checkOrdinary(await file.stat());
      return await file.readFile();
    } finally {
      await file.close();
    }
  },

  async size(path) {
    const info = await statOf(path);
    if (info === undefined) return undefined;
    checkOrdinary(info);
    return info.size;
  },

  async mode(path) {
    const info = await statOf(path);
    return info === undefined ? undefined : info.mode & 0o777;
  },

  resolve: (path) =>
    realpath(path).catch((cause: unknown) => {
      if (isMissing(cause)) return path;
      throw cause;
    }),

  list: (folder) =>
    readdir(folder).catch((cause: unknown) => {
      if (isMissing(cause)) return [];
      throw cause;
    }),

  async makeFolder(folder) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      // On a read-only disk Node calls any failure of this ENOENT; what the system says, the first folder that is missing tells.
      let missing = folder;
      while (dirname(missing) !== missing && !(await isThere(dirname(missing)))) missing = dirname(missing);
      await mkdir(missing, 0o700);
      throw cause;
    }
  },

  create: async (path, mode = 0o600) => diskFile(await open(path, 'wx', mode)),
  append: async (path) => diskFile(await open(path, 'a')),
  rename,
  link,
  remove: (path) => rm(path, { recursive: true, force: true }),

  async syncFolder(folder) {
    // Windows opens no folder; NTFS keeps its own journal of names.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (cause) {
      // Some network file systems know no fsync of a folder.
      if (!['EINVAL', 'ENOTSUP', 'EISDIR'].includes(codeOf(cause))) throw cause;
    } finally {
      await handle.close();
    }
  },
};

async function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
}

function checkOrdinary(info: Stats): void {
  if (!info.isFile()) throw Object.assign(new Error('This is no ordinary file.'), { code: 'EISDIR' });
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

function diskFile(handle: Awaited<ReturnType<typeof open>>): DiskFile {
  return {
    async write(bytes) {
      // One call may write a part only, on a disk that is nearly full.
      for (let from = 0; from < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, from, bytes.length - from);
        from += bytesWritten;
      }
    },
    sync: () => handle.sync(),
    async isAt(path) {
      const [mine, there] = await Promise.all([
        handle.stat({ bigint: true }),
        stat(path, { bigint: true }).catch(() => undefined),
      ]);
      return there !== undefined && mine.dev === there.dev && mine.ino === there.ino;
    },
    close: () => handle.close(),
  };
}

/** The system's name for what went wrong, such as ENOSPC; empty for what is no error of the system. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

export function isMissing(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(cause));
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and save again',
  EDQUOT: 'your share of the disk is used up; free some space and save again',
  EROFS: 'the disk is read-only; save in another folder',
  EACCES: 'that is not permitted there; save in another folder',
  EPERM: 'that is not permitted there; save in another folder',
  ENOENT: 'its folder is not there any more; save in another folder',
  ENOTDIR: 'its folder is not there any more; save in another folder',
  EISDIR: 'what lies there is no ordinary file; choose another name',
  ELOOP: 'its link leads to itself; choose another name',
  ENAMETOOLONG: 'its name is too long; choose a shorter one',
  EIO: 'the disk reports an error; save on another disk',
  EMFILE: 'too many files are open; close some and try again',
  EBUSY: 'another program holds the file; close it there and try again',
};

/** What is wrong, without what to do. */
export function briefReasonOf(cause: unknown): string {
  return reasonOf(cause).split(';')[0]!;
}

/** What is wrong and what to do, to follow a colon. */
export function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  const told = cause instanceof Error ? cause.message : String(cause);
  return reasons[code] ?? (code === '' ? told : `the system says ${code}; try again`);
}
