import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeUploadsFolder } from './uploads-folder.ts';

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'seamfield-test-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

it('what hosts that were killed left of uploads goes with the next start, and nothing else', async () => {
  const long = new Date(Date.now() - 48 * 3600 * 1000);
  const folder = async (name: string, at: Date) => {
    await mkdir(join(root, name));
    await writeFile(join(root, name, 'upload'), 'a photograph');
    await utimes(join(root, name), at, at);
  };
  const gone = 'seamfield-uploads-999999999-abcdef';
  const kept = [
    'seamfield-uploads-999999999-fedcba',
    `seamfield-uploads-${process.pid}-abcdef`,
    'seamfield-uploads-x-abcdef',
    'somebody-999999999-abcdef',
  ];
  await folder(gone, long);
  await folder(kept[0]!, new Date());
  for (const name of kept.slice(1)) await folder(name, long);
  const link = 'seamfield-uploads-999999999-linked';
  await symlink(join(root, kept[3]!), join(root, link));
  const made = await makeUploadsFolder(root);
  expect((await readdir(root)).sort()).toEqual([...kept, link, basename(made)].sort());
  expect(await readdir(join(root, kept[3]!))).toEqual(['upload']);
});

it('where nothing can be made is refused with a sentence', async () => {
  const made = makeUploadsFolder(join(root, 'nowhere'));
  await expect(made).rejects.toMatchObject({ code: 'unwritable-output' });
});
