import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Log, withoutPlaces } from './log.ts';
import type { Entry } from './log.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'seamfield-log-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const linesOf = async (name: string) =>
  (await readFile(join(folder, 'logs', name), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);

describe('the log', () => {
  it('keeps what is said in order, over starts, for the user alone', async () => {
    for (const start of [1, 2]) {
      const log = new Log(join(folder, 'logs'));
      log.info('start', { start });
      log.error('failed', { code: 'job-died' });
      await log.flushed();
    }
    const entries = await linesOf('seamfield.log');
    expect(entries.map(({ event }) => event)).toEqual(['start', 'failed', 'start', 'failed']);
    expect(entries[3]).toMatchObject({ level: 'error', facts: { code: 'job-died' } });
    if (process.platform !== 'win32')
      expect((await stat(join(folder, 'logs/seamfield.log'))).mode & 0o077).toBe(0);
  });

  it('never grows beyond a few files of its size, and loses the oldest first', async () => {
    const log = new Log(join(folder, 'logs'), 1000);
    for (let n = 0; n < 200; n++) log.info('line', { n });
    await log.flushed();
    const names = (await readdir(join(folder, 'logs'))).sort();
    expect(names).toEqual([
      'seamfield.1.log',
      'seamfield.2.log',
      'seamfield.3.log',
      'seamfield.4.log',
      'seamfield.log',
    ]);
    for (const name of names) expect((await stat(join(folder, 'logs', name))).size).toBeLessThanOrEqual(1000);
    const kept = (await Promise.all([4, 3, 2, 1].map((n) => linesOf(`seamfield.${n}.log`)))).flat();
    const numbers = [...kept, ...(await linesOf('seamfield.log'))].map(({ facts }) => Number(facts['n']));
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => 200 - numbers.length + i));
  });

  it('remembers the latest errors, and none beside them', async () => {
    const log = new Log(join(folder, 'logs'));
    for (let n = 0; n < 30; n++) log.error('failed', { n });
    log.info('fine');
    await log.flushed();
    expect(log.recentErrors.map(({ facts }) => facts['n'])).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 10),
    );
  });

  it('fails nobody where it cannot write', async () => {
    await writeFile(join(folder, 'logs'), 'a file in its way');
    const log = new Log(join(folder, 'logs'));
    log.error('failed');
    await expect(log.flushed()).resolves.toBeUndefined();
    expect(log.recentErrors).toHaveLength(1);
  });

  it.each([
    ['ENOENT: no such file, open /home/ada/holiday/beach.png', 'ENOENT: no such file, open ‹path›'],
    ['at run (file:///home/ada/seamfield/out/main/worker.js:3:4)', 'at run (main/worker.js:3:4)'],
    ['C:\\Users\\Ada\\x.png is damaged', '‹path› is damaged'],
    ['~/private/a.png', '‹path›'],
    ['gradient 3/4 done', 'gradient 3‹path› done'],
    ['no place at all', 'no place at all'],
  ])('says of %j no place of the user’s', (text, said) => {
    expect(withoutPlaces(text, '/home/ada')).toBe(said);
  });
});
