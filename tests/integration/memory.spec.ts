import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobsUnderTest } from './jobs-under-test.ts';
import { built } from './seamfield.ts';

/** MiB: a process of ours has half of it with both natives loaded, and a picture of 81 megapixels takes three times as much. */
const bound = '450';
let jobs: JobsUnderTest;

async function within<T>(mebibytes: string, work: () => Promise<T>): Promise<T> {
  process.env['SEAMFIELD_MEMORY'] = mebibytes;
  try {
    return await work();
  } finally {
    delete process.env['SEAMFIELD_MEMORY'];
  }
}

beforeEach(async () => {
  jobs = await JobsUnderTest.open();
});
afterEach(() => jobs.remove());

/** By the process itself, or of it where it was too busy to say so. */
const tooMuch = /memory.*smaller/;

describe('a process that takes more memory than it may', () => {
  it('is ended with a sentence, be it for a view or a training; the app goes on with what fits', () =>
    within(bound, async () => {
      const path = join(jobs.folder, 'huge.png');
      const [width, height] = [9000, 9000];
      await sharp({ create: { width, height, channels: 3, background: '#386' } })
        .png()
        .toFile(path);
      const { id } = await jobs.services.images.add({ path, name: 'huge.png' });
      await expect(jobs.ask('images:view', { imageId: id, view: 'dx' })).rejects.toThrow(tooMuch);
      const sample = await jobs.ask('images:open-sample', { name: 'brick' });
      const view = await jobs.ask('images:view', { imageId: sample.id, view: 'dx', size: 32 });
      expect(view).toMatchObject({ width: 32 });
      const jobId = await jobs.start({ imageId: id });
      expect((await jobs.next('job:failed', jobId)).error.message).toMatch(tooMuch);
      const smaller = await jobs.start({ budget: { steps: 5 } });
      await jobs.next('job:finished', smaller);
    }));

  it('keeps its best network, and goes on with it where there is more', async () => {
    const jobId = await jobs.start({ budget: { steps: 20 } });
    await jobs.next('job:finished', jobId);
    const network = await jobs.network(jobId);
    const before = jobs.told.length;
    const failed = await within('40', async () => {
      await jobs.ask('jobs:train-further', { jobId, budget: { seconds: 600 } });
      return jobs.next('job:failed', jobId, before);
    });
    expect(failed.error.message).toMatch(tooMuch);
    expect(failed.kept).toBe(true);
    expect(await jobs.network(jobId)).toEqual(network);
    const told = jobs.told.length;
    await jobs.ask('jobs:resume', { jobId });
    await jobs.next('job:progress', jobId, told);
  });

  it('is ended even while it is in one long loop and hears nothing', async () => {
    const start = `new (require('node:worker_threads').Worker)(process.argv[1]);`;
    const fill = `const held = []; setTimeout(() => { for (;;) held.push(Buffer.alloc(4 << 20, 1)); }, 0);`;
    const child = spawn(process.execPath, ['-e', start + fill, built('main/memory-thread.js')], {
      env: { ...process.env, SEAMFIELD_MEMORY: '200' },
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });
});
