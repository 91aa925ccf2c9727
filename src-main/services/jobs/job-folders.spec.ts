import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import { checkpointFiles } from '../../jobs/checkpoint-folder.ts';
import { encodeCheckpoint } from '../../siren/checkpoint-file.ts';
import { smallCheckpoint } from '../../siren/testing.ts';
import type { Images } from '../images.ts';
import { JobFolders } from './job-folders.ts';

let root: string;
let folders: JobFolders;
const add = vi.fn();
const close = vi.fn(() => Promise.resolve());

const request: JobRequest = { kind: 'reconstruct', imageId: 'a', from: 'gradient', budget: { steps: 100 } };
const gone = new SeamfieldError('not-a-file', 'a.png is not there.');

beforeEach(async () => {
  vi.clearAllMocks();
  root = await mkdtemp(join(tmpdir(), 'seamfield-folders-'));
  folders = new JobFolders(root, images());
});
afterEach(() => rm(root, { recursive: true, force: true }));

function images(): Images {
  const inputOf = () => ({ path: join(root, 'a.png'), name: 'a.png', isOurs: false });
  return { get: () => ({ name: 'a.png' }), inputOf, add, close } as unknown as Images;
}

/** A training whose host is gone. */
async function leave(jobId: string): Promise<void> {
  await folders.make(jobId, request);
  const record = join(root, jobId, 'job.json');
  await writeFile(record, (await readFile(record, 'utf8')).replace(/"pid":\d+/, '"pid":999999999'));
  const spent = { steps: 40, seconds: 1, legSteps: 40, legSeconds: 1 };
  await writeFile(
    join(root, jobId, checkpointFiles[0]),
    encodeCheckpoint(smallCheckpoint({ leg: 0, spent })),
  );
}

describe('a training that an earlier host left', () => {
  it('is opened under handles of this host, and nobody else’s from then on', async () => {
    await leave('job');
    add.mockResolvedValue({ id: 'b' });
    const reopened = await folders.reopen('job');
    const file = { path: join(root, 'a.png'), name: 'a.png' };
    expect([...reopened.handles]).toEqual([['a', 'b']]);
    expect([...reopened.files]).toEqual([['b', file]]);
    expect(await folders.left()).toEqual([]);
    await reopened.putBack();
    expect(close).toHaveBeenCalledWith(['b']);
    expect(await folders.left()).toMatchObject([{ jobId: 'job', step: 40 }]);
  });

  it('is still there where its photograph could not be opened, to be gone on with once it can', async () => {
    await leave('job');
    add.mockRejectedValue(gone);
    for (let i = 0; i < 2; i++) {
      await expect(folders.reopen('job')).rejects.toBe(gone);
      expect(await folders.left()).toMatchObject([{ jobId: 'job' }]);
    }
  });

  it('is gone where it is removed', async () => {
    await leave('job');
    await folders.remove('job');
    await expect(folders.reopen('job')).rejects.toMatchObject({ code: 'unknown-handle' });
  });
});

describe('a disk that lets nothing be kept', () => {
  beforeEach(async () => {
    const file = join(root, 'a file');
    await writeFile(file, '');
    folders = new JobFolders(join(file, 'jobs'), images());
  });

  it('hinders no training, which is told so', async () => {
    const { folder, error } = await folders.make('job', request);
    expect(folder).toBeNull();
    expect(error).toMatchObject({ code: 'unwritable-output' });
  });

  it('refuses what would go on from earlier, and is asked again the next time', async () => {
    const earlier = { leg: 1, budget: { steps: 10 }, checkpoint: join(root, 'checkpoint') };
    const { unpack } = folders.unpacking('job', request, earlier)!;
    await expect(unpack()).rejects.toMatchObject({ code: 'unwritable-output' });
    await rm(join(root, 'a file'));
    await writeFile(earlier.checkpoint, 'a checkpoint');
    expect((await unpack()).standing).toEqual({ leg: 1, budget: { steps: 10 }, isOver: true });
  });
});

it('a host without a folder keeps nothing and finds nothing', async () => {
  folders = new JobFolders(undefined, images());
  expect(await folders.make('job', request)).toEqual({ folder: null });
  expect(await folders.left()).toEqual([]);
  await expect(folders.reopen('job')).rejects.toMatchObject({ code: 'unknown-handle' });
});
