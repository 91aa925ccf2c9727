import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src-shared/contract/settings.ts';
import { SettingsFile } from './settings-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-settings-'));
  path = join(folder, 'data/settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const opened = () => new SettingsFile(join(folder, 'data'));
const dark = { ...defaultSettings, theme: 'dark' } as const;

describe('the settings of a machine', () => {
  it('are the defaults until somebody changes one, and are there on the next start', async () => {
    expect(await opened().get()).toEqual({ settings: defaultSettings, isFresh: true });
    await opened().set(dark);
    expect(await opened().get()).toEqual({ settings: dark, isFresh: false });
    expect(await readdir(join(folder, 'data'))).toEqual(['settings.json']);
  });

  it('are those of the last change, however many come at once', async () => {
    const file = opened();
    const seconds = Array.from({ length: 20 }, (_, i) => i + 1);
    await Promise.all(seconds.map((n) => file.set({ ...dark, training: { ...dark.training, seconds: n } })));
    expect((await opened().get()).settings.training.seconds).toBe(20);
  });

  it.each(['', '{"version":2,', '[]', 'null', '{"version":"2"}'])(
    'are the defaults where the file holds %j, which is kept aside',
    async (text) => {
      await opened().set(dark);
      await writeFile(path, text);
      expect(await opened().get()).toEqual({ settings: defaultSettings, isFresh: true });
      expect(await readFile(`${path}.damaged`, 'utf8')).toBe(text);
    },
  );

  it('of a later Seamfield are left as they are, and one’s own hold for the visit', async () => {
    await opened().set(dark);
    const later = JSON.stringify({ ...dark, version: 99, more: true });
    await writeFile(path, later);
    const file = opened();
    await file.set({ ...dark, theme: 'light' });
    expect((await file.get()).settings.theme).toBe('light');
    expect(await readFile(path, 'utf8')).toBe(later);
  });
});
