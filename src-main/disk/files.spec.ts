import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, isSameFile, writeTogether, writeWhole } from './files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-files-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = Uint8Array.of(1, 2, 3);
const refused = (why: string) => ({
  code: 'unwritable-output',
  message: expect.stringContaining(why) as string,
});

describe('writing a file', () => {
  it('puts all of it there and leaves nothing beside it', async () => {
    await writeWhole(join(folder, 'out.png'), bytes);
    expect(await readdir(folder)).toEqual(['out.png']);
    expect(new Uint8Array(await readFile(join(folder, 'out.png')))).toEqual(bytes);
  });

  it('replaces what was there and keeps its permissions', async () => {
    const path = join(folder, 'out.png');
    await writeFile(path, 'old and longer');
    await chmod(path, 0o640);
    await writeWhole(path, bytes);
    expect((await readFile(path)).length).toBe(3);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('through a link leaves the link a link', async () => {
    await writeFile(join(folder, 'real.png'), 'old');
    await symlink(join(folder, 'real.png'), join(folder, 'link.png'));
    await writeWhole(join(folder, 'link.png'), bytes);
    expect(new Uint8Array(await readFile(join(folder, 'real.png')))).toEqual(bytes);
    expect((await readdir(folder)).sort()).toEqual(['link.png', 'real.png']);
  });

  it('through a link to no file yet makes that file', async () => {
    await symlink('real.png', join(folder, 'link.png'));
    await writeWhole(join(folder, 'link.png'), bytes);
    expect(new Uint8Array(await readFile(join(folder, 'real.png')))).toEqual(bytes);
    await symlink('nowhere/real.png', join(folder, 'lost.png'));
    await expect(writeWhole(join(folder, 'lost.png'), bytes)).rejects.toMatchObject(
      refused('folder that doesn'),
    );
  });

  it('with another that fails writes neither, and what was there stays', async () => {
    await writeFile(join(folder, 'a.png'), 'old');
    const outputs = ['a.png', 'nowhere/b.onnx'].map((name) => ({ path: join(folder, name), bytes }));
    await expect(writeTogether(outputs)).rejects.toMatchObject({ code: 'unwritable-output' });
    expect(await readdir(folder)).toEqual(['a.png']);
    expect(await readFile(join(folder, 'a.png'), 'utf8')).toBe('old');
  });

  it('that fails half-way leaves nothing behind and what was there untouched', async () => {
    const path = join(folder, 'out.png');
    await writeFile(path, 'old');
    // No bytes at all: the file beside is open by the time the system refuses them.
    const unwritable = {} as Uint8Array;
    await expect(writeWhole(path, unwritable)).rejects.toMatchObject(refused("can't be written"));
    expect(await readdir(folder)).toEqual(['out.png']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('under a name that is too long says so', async () => {
    const path = join(folder, `${'x'.repeat(300)}.png`);
    await expect(writeWhole(path, bytes)).rejects.toMatchObject(refused('name is too long'));
    expect(await readdir(folder)).toEqual([]);
  });
});

describe.each([
  ['checking', (path: string) => checkWritable(path)],
  ['writing', (path: string) => writeWhole(path, bytes)],
])('%s an output', (_, attempt) => {
  it('refuses a folder', async () => {
    await mkdir(join(folder, 'sub'));
    await expect(attempt(join(folder, 'sub'))).rejects.toMatchObject(refused('is a folder'));
    await expect(attempt(join(folder, 'new/'))).rejects.toMatchObject(refused('is a folder'));
  });

  it('refuses a place in a folder that is missing or is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(attempt(join(folder, 'none', 'a.png'))).rejects.toMatchObject(refused("doesn't exist"));
    await expect(attempt(join(folder, 'file', 'a.png'))).rejects.toMatchObject(refused('not a folder'));
  });

  it('refuses an empty name', async () => {
    await expect(attempt('')).rejects.toMatchObject(refused('not the name of a file'));
  });

  it.skipIf(process.platform !== 'linux')(
    'refuses a device and a place nothing can be created in',
    async () => {
      await expect(attempt('/dev/null')).rejects.toMatchObject(refused('not an ordinary file'));
      await expect(attempt('/proc/a.png')).rejects.toMatchObject({ code: 'unwritable-output' });
    },
  );

  it('accepts a new name and an existing file', async () => {
    await attempt(join(folder, 'a.png'));
    await writeFile(join(folder, 'b.png'), 'there');
    await expect(attempt(join(folder, 'b.png'))).resolves.toBeUndefined();
  });
});

describe('checking an output', () => {
  it('leaves the folder and the file as they were', async () => {
    await writeFile(join(folder, 'b.png'), 'there');
    await checkWritable(join(folder, 'b.png'));
    await checkWritable(join(folder, 'a.png'));
    expect(await readdir(folder)).toEqual(['b.png']);
    expect(await readFile(join(folder, 'b.png'), 'utf8')).toBe('there');
  });

  it('refuses an input by its own name, by a link and by a second name', async () => {
    const input = join(folder, 'in.png');
    await writeFile(input, 'photograph');
    await symlink(input, join(folder, 'soft.png'));
    await link(input, join(folder, 'hard.png'));
    for (const path of [
      input,
      join(folder, '.', 'in.png'),
      join(folder, 'soft.png'),
      join(folder, 'hard.png'),
    ]) {
      await expect(checkWritable(path, [join(folder, 'other.png'), input])).rejects.toMatchObject(
        refused('is the input in.png itself'),
      );
    }
    await expect(checkWritable(join(folder, 'out.png'), [input])).resolves.toBeUndefined();
  });
});

describe('two paths', () => {
  it('that lead nowhere yet are the same where they are spelled to the same place', async () => {
    expect(await isSameFile(join(folder, 'a'), join(folder, 'b', '..', 'a'))).toBe(true);
    expect(await isSameFile(join(folder, 'a'), join(folder, 'b'))).toBe(false);
  });
});
