import { beforeEach, describe, expect, it } from 'vitest';
import type { ImageOrigin, Images } from '../images.ts';
import { MemoryDisk } from '../../disk/testing.ts';
import { RecentFiles } from './recent-files.ts';
import { RecentThumbnails } from './recent-thumbnails.ts';
import { RecentUploads } from './recent-uploads.ts';
import { Recents } from './recents.ts';

const folder = '/somebody/private';
const kept = '/data/recent';
let disk: MemoryDisk;
let open: Map<string, { name: string; origin: ImageOrigin }>;
let recents: Recents;
let thumbnails: RecentThumbnails;
/** What was handed out to be fetched. */
let handedOut: Uint8Array[];
/** How often a page was told to look again. */
let told: number;

beforeEach(async () => {
  disk = new MemoryDisk();
  open = new Map();
  for (const name of ['a.png', 'work.seamfield']) await disk.create(`${folder}/${name}`);
  const images = {
    has: (id: string) => open.has(id),
    get: (id: string) => ({ id, name: open.get(id)?.name }),
    originOf: (id: string) => open.get(id)?.origin ?? null,
    fileOf: (id: string) => ({ path: `/dropped/${id}`, name: open.get(id)?.name }),
    using: (_ids: string[], work: () => Promise<unknown>) => work(),
    add: ({ path, name }: { path: string; name: string }) => Promise.resolve({ id: `at ${path}`, name }),
  } as unknown as Images;
  handedOut = [];
  const buffers = { putBytes: (bytes: Uint8Array) => `buffer-${handedOut.push(bytes)}` };
  told = 0;
  const make = ({ name }: { name: string }) =>
    name.startsWith('damaged')
      ? Promise.reject(new Error('damaged'))
      : Promise.resolve(Buffer.from(`small ${name}`));
  thumbnails = new RecentThumbnails(disk, kept, make, () => void told++);
  const uploads = new RecentUploads(disk, `${kept}/uploads`);
  const files = new RecentFiles(disk, '/data');
  await files.add('project', `${folder}/work.seamfield`);
  const projects = { offer: () => ({ projectId: 'p', name: 'work' }) };
  recents = new Recents({ files, thumbnails, uploads, images, projects, buffers, disk });
});
const upload = async (id: string, name: string, content: string) => {
  open.set(id, { name, origin: null });
  const file = await disk.create(`/dropped/${id}`);
  await file.write(Buffer.from(content));
  await recents.add(id);
  await thumbnails.settled();
};
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

  it('open an upload again after it was closed, and by a later host, from a copy under its own name; no sample', async () => {
    await upload('u', 'dropped.jpg', 'its bytes');
    open.set('s', { name: 'coffee.png', origin: { kind: 'sample', name: 'coffee' } });
    await recents.add('s');
    expect(await names()).toEqual(['dropped.jpg', 'work']);
    open.clear();
    const [again] = await recents.list();
    const opened = await recents.open(again!.recentId);
    expect(opened).toMatchObject({ image: { name: 'dropped.jpg' } });
    const path = (opened as { image: { id: string } }).image.id.replace('at ', '');
    expect(path).toContain(`${kept}/uploads/`);
    expect(Buffer.from(await disk.read(path)).toString()).toBe('its bytes');
    // The same photograph once more is not another one.
    await upload('v', 'dropped.jpg', 'its bytes');
    expect(await names()).toEqual(['dropped.jpg', 'work']);
  });

  it('come with a small picture of each, where one could be made', async () => {
    await upload('u', 'dropped.jpg', 'its bytes');
    await upload('d', 'damaged.jpg', 'other bytes');
    const listed = await recents.list();
    expect(listed.map(({ name, thumbnailId }) => [name, thumbnailId])).toEqual([
      ['damaged.jpg', null],
      ['dropped.jpg', 'buffer-1'],
      ['work', null],
    ]);
    expect(handedOut.map(String)).toEqual(['small dropped.jpg']);
    expect(told).toBe(2);
  });

  it('keep nothing of what is off the list', async () => {
    for (let i = 0; i < 14; i++) await upload(`u${i}`, `${i}.jpg`, `bytes ${i}`);
    const files = async () =>
      [await disk.list(kept), await disk.list(`${kept}/uploads`)].map(({ length }) => length);
    // Twelve photographs; the folder of the copies stands beside their small pictures.
    expect(await files()).toEqual([13, 12]);
    await recents.clear();
    expect((await files())[1]).toBe(0);
    expect((await disk.list(kept)).filter((name) => name.endsWith('.webp'))).toEqual([]);
  });

  it('are gone when they are cleared, their handles too; the files stay', async () => {
    const [project] = await recents.list();
    await recents.clear();
    expect(await names()).toEqual([]);
    await expect(recents.open(project!.recentId)).rejects.toMatchObject({ code: 'unknown-handle' });
    expect(await disk.size(`${folder}/work.seamfield`)).toBeDefined();
  });
});
