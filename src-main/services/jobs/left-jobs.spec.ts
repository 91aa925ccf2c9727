import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import { checkpointFiles } from '../../jobs/checkpoint-folder.ts';
import { smallCheckpoint } from '../../siren/testing.ts';
import { encodeCheckpoint } from '../../siren/checkpoint-file.ts';
import { JobFolder } from './job-folder.ts';
import { recoverableIn } from './left-jobs.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seamfield-job-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const request: JobRequest = { kind: 'reconstruct', imageId: 'a', from: 'gradient', budget: { steps: 100 } };

/** A training that a host left that is gone, its checkpoints of these steps and ages. */
async function left(
  checkpoints: readonly { readonly steps: number; readonly at: Date; readonly leg?: number }[],
): Promise<void> {
  const path = join(root, 'job');
  const input = { path: join(root, 'a.png'), name: 'a.png', isOurs: false };
  await JobFolder.create(path, request, 'a.png', new Map([['a', input]]));
  const record = join(path, 'job.json');
  await writeFile(record, (await readFile(record, 'utf8')).replace(/"pid":\d+/, '"pid":999999999'));
  for (const [i, { steps, at, leg = 0 }] of checkpoints.entries()) {
    const spent = { steps, seconds: 1, legSteps: steps, legSeconds: 1 };
    const file = join(path, checkpointFiles[i as 0 | 1 | 2]);
    await writeFile(file, encodeCheckpoint(smallCheckpoint({ leg, spent })));
    await utimes(file, at, at);
  }
}

describe('a training that was left', () => {
  it('is told of by what was trained last, whatever the clock said when it was written', async () => {
    await left([
      { steps: 40, at: new Date('2031-01-01') },
      { steps: 60, at: new Date('2021-01-01') },
    ]);
    expect(await recoverableIn(root)).toMatchObject([{ jobId: 'job', step: 60, fraction: 0.6 }]);
  });

  it('is what it was where it was trained further and that was cancelled', async () => {
    const at = new Date();
    await left([
      { steps: 90, at, leg: 1 },
      { steps: 80, at, leg: 1 },
      { steps: 60, at },
    ]);
    expect(await recoverableIn(root)).toMatchObject([{ jobId: 'job', step: 60 }]);
  });

  it('is none where nothing was kept, and its folder goes', async () => {
    await left([]);
    expect(await recoverableIn(root)).toEqual([]);
    expect(await readdir(root)).toEqual([]);
  });

  it('becomes that of one host, though two take it at once', async () => {
    await left([{ steps: 40, at: new Date() }]);
    const adopted = await Promise.allSettled([1, 2, 3].map(() => JobFolder.adopt(join(root, 'job'))));
    expect(adopted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(join(root, 'job'))).not.toContain('lock');
    expect(await recoverableIn(root)).toEqual([]);
  });

  it('by a later Seamfield, or with a record that can’t be read, is left alone for a month', async () => {
    const path = join(root, 'job');
    const record = join(path, 'job.json');
    for (const written of ['{"version":2}', 'torn']) {
      await left([{ steps: 40, at: new Date() }]);
      await writeFile(record, written);
      const day = 24 * 3600 * 1000;
      const since = (days: number) => utimes(path, new Date(), new Date(Date.now() - days * day));
      await since(29);
      expect(await recoverableIn(root)).toEqual([]);
      expect(await readFile(record, 'utf8')).toBe(written);
      await since(31);
      await recoverableIn(root);
      expect(await readdir(root)).toEqual([]);
    }
  });

  it('with a checkpoint that can’t be read just now is neither told of nor removed', async () => {
    await left([]);
    await mkdir(join(root, 'job', checkpointFiles[0]));
    expect(await recoverableIn(root)).toEqual([]);
    expect(await readdir(root)).toEqual(['job']);
  });
});
