import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Disk, DiskFile } from './disk.ts';

/** Ends the names of files that a write did not live to finish. */
const partEnding = '.part';
/** Such a name, with that of the file that it was to become. */
const part = /^\.(.+)-[0-9a-f]{8}\.part$/s;

/**
 * Writes a file whole or not at all: beside its place, flushed, then renamed; at every moment either the old file or
 * the new one is there under its name.
 *
 * @param previous where the file that was there is kept, in the same folder; it is gone where absent
 * Throws what the disk throws, and then leaves what was there as it was.
 */
export async function writeAtomically(
  disk: Disk,
  path: string,
  write: (file: DiskFile) => Promise<void>,
  { previous, mode }: { readonly previous?: string; readonly mode?: number } = {},
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}-${randomBytes(4).toString('hex')}${partEnding}`);
  try {
    const file = await disk.create(temporary, mode);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    if (previous !== undefined) await keepPrevious(disk, path, previous);
    await disk.rename(temporary, path);
  } catch (cause) {
    // What failed may fail again here; the file under its own name is whole in any case.
    await disk.remove(temporary).catch(() => undefined);
    throw cause;
  }
  await disk.syncFolder(folder);
}

/**
 * Removes what writes of a file, or of any in its folder, did not live to finish. For whoever alone writes there: a write
 * under way would fail of it.
 */
export async function removeParts(disk: Disk, folder: string, name?: string): Promise<void> {
  const names = await disk.list(folder).catch(() => []);
  for (const found of names) {
    const [, of] = part.exec(found) ?? [];
    if (of === undefined || (name !== undefined && of !== name)) continue;
    await disk.remove(join(folder, found)).catch(() => undefined);
  }
}

/** A second name for the old version, so that its first one is never without a file. */
async function keepPrevious(disk: Disk, path: string, previous: string): Promise<void> {
  if ((await disk.size(path)) === undefined) return;
  const second = `${previous}${partEnding}`;
  await disk.remove(second);
  try {
    await disk.link(path, second);
  } catch {
    // A file system without second names (FAT, some network disks): a copy.
    const file = await disk.create(second);
    try {
      await file.write(await disk.read(path));
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await disk.rename(second, previous);
}
