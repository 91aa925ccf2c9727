import { expect, it } from 'vitest';
import type { Disk } from '../../disk/disk.ts';
import { RecentUploads } from './recent-uploads.ts';

/** A disk on which these files are so many MiB large, and which keeps nothing. */
const diskWith = (sizes: Readonly<Record<string, number>>) =>
  ({ size: (path: string) => Promise.resolve(sizes[path] && sizes[path] * 2 ** 20) }) as unknown as Disk;

it('copies are kept up to so many bytes each, and all together, the latest first', async () => {
  const sizes = { '/dropped/huge': 129, '/kept/a': 100, '/kept/b': 100, '/kept/c': 100, '/elsewhere/d': 900 };
  const uploads = new RecentUploads(diskWith(sizes), '/kept');
  expect(await uploads.keep({ path: '/dropped/huge', name: 'huge.tiff' })).toBeUndefined();
  expect(await uploads.keep({ path: '/dropped/gone', name: 'gone.png' })).toBeUndefined();
  expect(await uploads.beyondRoom(['/kept/a', '/elsewhere/d', '/kept/b', '/kept/c'])).toEqual(['/kept/c']);
});
