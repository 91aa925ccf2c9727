import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from '../../../tests/until.ts';
import { Parts } from './parts.ts';
import { UploadSpace } from './upload-space.ts';

let folder: string;
let parts: Parts;
let space: UploadSpace;
let files = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-parts-'));
  parts = new Parts();
  space = new UploadSpace(1000);
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

async function sent(): Promise<string> {
  const path = join(folder, `part-${++files}`);
  await writeFile(path, 'painted');
  const room = space.open();
  room.take(7);
  return (await parts.add(path, room)).partId;
}

describe('a part', () => {
  it('is read as often as it is asked for, until it is dropped with its file and its room', async () => {
    const partId = await sent();
    for (let i = 0; i < 2; i++) expect(Buffer.from(await parts.read(partId)).toString()).toBe('painted');
    await parts.drop([partId, partId, 'another']);
    expect([await readdir(folder), space.taken, parts.count]).toEqual([[], 0, 0]);
    expect(() => parts.read(partId)).toThrow(expect.objectContaining({ code: 'unknown-handle' }) as Error);
  });

  it('that no record names is gone after a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await sent();
    vi.advanceTimersByTime(10 * 60_000);
    vi.useRealTimers();
    await until(() => expect(space.taken).toBe(0));
    expect([await readdir(folder), parts.count]).toEqual([[], 0]);
  });

  it('is refused where there are too many, and leaves nothing', async () => {
    for (let i = 0; i < 512; i++) await parts.add(join(folder, 'none'));
    await expect(sent()).rejects.toMatchObject({ code: 'busy' });
    expect([await readdir(folder), space.taken, parts.count]).toEqual([[], 0, 512]);
  });
});
