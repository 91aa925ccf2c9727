import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobFolder } from './job-folder.ts';

const budget = { seconds: 5 };
const request = { kind: 'reconstruct', imageId: 'a', from: 'gradient', budget } as const;

let root: string;

beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'seamfield-job-folder-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

const create = (name = 'job') => JobFolder.create(join(root, name), request, 'a.png', new Map());

async function record(): Promise<unknown> {
  return JSON.parse(await readFile(join(root, 'job', 'job.json'), 'utf8'));
}

describe('the folder of a training', () => {
  it('says the latest of what was noted at once, once it has settled', async () => {
    const folder = await create();
    for (let leg = 1; leg <= 5; leg++) void folder.update({ leg });
    await folder.settled();
    expect(await record()).toMatchObject({ request, leg: 5, isOver: false });
    expect(await readdir(folder.path)).toEqual(['job.json']);
  });

  it('goes whole while something is being noted, whatever of that is under way', async () => {
    const folders = await Promise.all(Array.from({ length: 20 }, (_, i) => create(String(i))));
    const notes = folders.flatMap((folder) => [1, 2].map((leg) => folder.update({ leg })));
    await Promise.all(folders.map((folder) => folder.remove()));
    await Promise.all(notes);
    expect(await readdir(root)).toEqual([]);
  });

  it('does not come again by what is noted afterwards', async () => {
    const folder = await create();
    await folder.remove();
    await folder.update({ isOver: true });
    expect(await readdir(root)).toEqual([]);
  });

  it('says why it can’t be noted in, and is noted in again once it can', async () => {
    const folder = await create();
    await rm(folder.path, { recursive: true });
    await expect(folder.update({ leg: 1 })).rejects.toMatchObject({ code: 'ENOENT' });
    await create();
    await folder.update({ leg: 2 });
    expect(await record()).toMatchObject({ leg: 2 });
  });
});
