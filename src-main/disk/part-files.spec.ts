import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './files.ts';
import { partName, removeAbandonedParts } from './part-files.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'seamfield-parts-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (name: string, days = 0) => {
  const path = join(folder, name);
  await writeFile(path, 'half of a picture');
  const then = new Date(Date.now() - days * 24 * 3600 * 1000);
  await utimes(path, then, then);
  return name;
};
/** A part's name as a process of this machine would have it that is no more. */
async function nameOfTheDead(): Promise<string> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return (await partName()).replace(`-${process.pid}-`, `-${child.pid}-`);
}

describe('what a writer did not live to finish', () => {
  it('goes with the next file that is written into its folder', async () => {
    await put(await nameOfTheDead());
    await writeWhole(join(folder, 'out.png'), Uint8Array.of(1));
    expect(await readdir(folder)).toEqual(['out.png']);
  });

  it.runIf(process.platform === 'linux')('goes though its number is another process’s by now', async () => {
    const mine = await partName();
    await put(mine.replace(/-[0-9a-f]{8}-([0-9a-f]{12}\.part)$/, '-00000000-$1'));
    await removeAbandonedParts(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes after a day where nothing is known of its writer: of another machine, or by an older Seamfield', async () => {
    const elsewhere = (await nameOfTheDead()).replace(/^\.seamfield-[0-9a-f]{8}/, '.seamfield-00000000');
    const kept = [await put(elsewhere), await put('.seamfield-0123456789ab.part')];
    await removeAbandonedParts(folder);
    expect((await readdir(folder)).sort()).toEqual(kept.sort());
    for (const name of kept) await put(name, 1.1);
    await removeAbandonedParts(folder);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('never removed', () => {
  it('is the part of a living export', async () => {
    const mine = await put(await partName());
    await writeWhole(join(folder, 'out.png'), Uint8Array.of(1));
    expect(await readdir(folder)).toEqual([mine, 'out.png']);
  });

  it('is a file of the user’s, however alike its name', async () => {
    const dead = await nameOfTheDead();
    const names = [
      'holiday.part',
      '.holiday.png.part',
      'seamfield-0123456789ab.part',
      '.seamfield-notes.part',
      '.seamfield-0123456789ab.part.png',
      `x${dead}`,
      `${dead}~`,
      dead.replace('.part', '.PART'),
    ];
    for (const name of names) await put(name, 400);
    await removeAbandonedParts(folder);
    expect((await readdir(folder)).sort()).toEqual([...names].sort());
  });

  it('is a folder or a link by such a name, nor what it leads to', async () => {
    await put('photograph.png', 400);
    const [one, other] = [await nameOfTheDead(), await nameOfTheDead()];
    await symlink(join(folder, 'photograph.png'), join(folder, one));
    await mkdir(join(folder, other));
    await removeAbandonedParts(folder);
    expect((await readdir(folder)).sort()).toEqual([one, other, 'photograph.png'].sort());
  });

  it('is anything where there is no folder, of which nothing is said', async () => {
    await expect(removeAbandonedParts(join(folder, 'none'))).resolves.toBeUndefined();
  });
});
