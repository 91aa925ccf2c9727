import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryDisk } from '../../disk/testing.ts';
import { RecentFiles } from './recent-files.ts';

let disk: MemoryDisk;
let files: RecentFiles;
beforeEach(() => {
  disk = new MemoryDisk();
  files = new RecentFiles(disk, '/data');
});
const paths = async (from = files) => (await from.list()).map(({ path }) => path);

describe('recent files', () => {
  it('are listed the latest first, each once, and by the next visit too', async () => {
    await files.add('photograph', '/a.png');
    await files.add('project', '/b.seamfield');
    await files.add('photograph', '/a.png');
    expect(await paths()).toEqual(['/a.png', '/b.seamfield']);
    expect(await paths(new RecentFiles(disk.afterKill(), '/data'))).toEqual(['/a.png', '/b.seamfield']);
  });

  it('are twelve of a kind: many photographs drive no project out', async () => {
    await files.add('project', '/old.seamfield');
    for (let i = 0; i < 20; i++) await files.add('photograph', `/${i}.png`);
    const kept = await paths();
    expect(kept).toHaveLength(13);
    expect(kept).toContain('/old.seamfield');
    expect(kept).not.toContain('/7.png');
    expect(kept[0]).toBe('/19.png');
  });

  it('lose none of what is added at once, and are all forgotten when they are cleared', async () => {
    await Promise.all(['/a', '/b', '/c'].map((path) => files.add('photograph', path)));
    expect((await paths()).sort()).toEqual(['/a', '/b', '/c']);
    await files.remove('/b');
    expect((await paths()).sort()).toEqual(['/a', '/c']);
    await files.clear();
    expect(await paths()).toEqual([]);
    expect(Buffer.from(await disk.read('/data/recent-files.json')).toString()).toBe('[]');
  });

  it('that can’t be read or written are none, and no reason for anything to fail', async () => {
    const file = await disk.create('/data/recent-files.json');
    await file.write(Buffer.from('[{"kind": "photo'));
    expect(await paths()).toEqual([]);
    disk.fault = { step: disk.steps, kind: 'ENOSPC' };
    await files.add('photograph', '/a.png');
    disk.fault = null;
    await files.add('photograph', '/b.png');
    expect(await paths()).toEqual(['/b.png']);
  });
});
