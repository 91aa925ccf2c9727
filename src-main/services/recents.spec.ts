import { beforeEach, describe, expect, it } from 'vitest';
import type { ImageOrigin, Images } from './images.ts';
import { MemoryDisk } from './projects/testing.ts';
import { RecentFiles } from './recent-files.ts';
import { Recents } from './recents.ts';

const folder = '/home/somebody/private';
let disk: MemoryDisk;
let open: Map<string, { name: string; origin: ImageOrigin }>;
let recents: Recents;

beforeEach(async () => {
  disk = new MemoryDisk();
  open = new Map();
  for (const name of ['a.png', 'work.seamfield']) await disk.create(`${folder}/${name}`);
  const images = {
    has: (id: string) => open.has(id),
    get: (id: string) => ({ id, name: open.get(id)?.name }),
    originOf: (id: string) => open.get(id)?.origin ?? null,
    add: ({ name }: { name: string }) => Promise.resolve({ id: 'reopened', name }),
  } as unknown as Images;
  const files = new RecentFiles(disk, '/data');
  await files.add('project', `${folder}/work.seamfield`);
  const projects = { offer: () => ({ projectId: 'p', name: 'work' }) };
  recents = new Recents({ files, images, projects, disk });
});
const names = async () => (await recents.list()).map(({ name }) => name);

describe('recents', () => {
  it('name files and never their folders, and open each as what it is', async () => {
    open.set('i', { name: 'a.png', origin: { kind: 'file', path: `${folder}/a.png` } });
    await recents.add('i');
    const listed = await recents.list();
    expect(listed.map(({ kind, name }) => [kind, name])).toEqual([
      ['photograph', 'a.png'],
      ['project', 'work'],
    ]);
    expect(JSON.stringify(listed)).not.toContain('somebody');
    expect(await recents.open(listed[0]!.recentId)).toMatchObject({ image: { name: 'a.png' } });
    expect(await recents.open(listed[1]!.recentId)).toEqual({ project: { projectId: 'p', name: 'work' } });
  });

  it('forget a file that is not there any more, and say so', async () => {
    const [project] = await recents.list();
    await disk.remove(`${folder}/work.seamfield`);
    await expect(recents.open(project!.recentId)).rejects.toMatchObject({
      code: 'not-a-file',
      message: 'work.seamfield is not there any more; it is off the list of recent files now.',
    });
    expect(await names()).toEqual([]);
  });

  it('have an upload while it is open, and no sample', async () => {
    open.set('u', { name: 'dropped.jpg', origin: null });
    open.set('s', { name: 'coffee.png', origin: { kind: 'sample', name: 'coffee' } });
    await recents.add('u');
    await recents.add('s');
    expect(await names()).toEqual(['dropped.jpg', 'work']);
    const [upload] = await recents.list();
    expect(await recents.open(upload!.recentId)).toEqual({ image: { id: 'u', name: 'dropped.jpg' } });
    open.delete('u');
    expect(await names()).toEqual(['work']);
    await expect(recents.open(upload!.recentId)).rejects.toMatchObject({ code: 'unknown-handle' });
  });

  it('are gone when they are cleared, their handles too; the files stay', async () => {
    const [project] = await recents.list();
    await recents.clear();
    expect(await names()).toEqual([]);
    await expect(recents.open(project!.recentId)).rejects.toMatchObject({ code: 'unknown-handle' });
    expect(await disk.size(`${folder}/work.seamfield`)).toBeDefined();
  });
});
