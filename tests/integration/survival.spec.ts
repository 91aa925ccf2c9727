import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '../../src-main/siren/checkpoint-file.ts';
import { JobsUnderTest } from './jobs-under-test.ts';
import { client } from './page-client.ts';
import { built } from './seamfield.ts';
import { until } from '../until.ts';

const opened: JobsUnderTest[] = [];
async function host(...args: Parameters<typeof JobsUnderTest.open>): Promise<JobsUnderTest> {
  const jobs = await JobsUnderTest.open(...args);
  opened.push(jobs);
  return jobs;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((jobs) => jobs.remove()));
});

/** Long enough to be paused in. */
const long = { steps: 1500 };
const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('a training whose process is killed', () => {
  it.each([1, 2])(
    'goes on to the very network that it would have come to, with %i threads',
    async (threads) => {
      const jobs = await host();
      const straight = await jobs.start({ budget: long, threads });
      await jobs.next('job:finished', straight);
      const broken = await jobs.start({ budget: long, threads });
      // A pause is kept at once.
      await jobs.next('job:progress', broken);
      await jobs.ask('jobs:pause', { jobId: broken });
      await jobs.kept(broken);
      process.kill(jobs.pids.at(-1)!, 'SIGKILL');
      const { error, kept } = await jobs.next('job:failed', broken);
      expect({ code: error.code, kept }).toEqual({ code: 'job-died', kept: true });
      await jobs.ask('jobs:resume', { jobId: broken });
      const { metrics } = await jobs.next('job:finished', broken);
      expect(metrics.steps).toBe(long.steps);
      expect(await jobs.network(broken)).toEqual(await jobs.network(straight));
    },
  );

  it.each(['SIGKILL', 'SIGABRT'] as const)(
    'by %s keeps its best network to look at and save',
    async (signal) => {
      const jobs = await host();
      const jobId = await jobs.start({ budget: { seconds: 600 } });
      await until(() => expect(jobs.steps(jobId)).toBeGreaterThan(400));
      // A pause is kept at once, beside what may have been kept before there was much to keep.
      const since = await jobs.keptAt(jobId);
      await jobs.ask('jobs:pause', { jobId });
      await until(async () => expect(await jobs.keptAt(jobId)).toBeGreaterThan(since));
      process.kill(jobs.pids.at(-1)!, signal);
      const { error } = await jobs.next('job:failed', jobId);
      expect(error.details).toMatchObject({ signal });
      const network = await jobs.network(jobId);
      expect(network.every(Number.isFinite)).toBe(true);
      const { metrics } = await jobs.next('job:kept', jobId);
      expect(metrics.psnr).toBeGreaterThan(15);
      await jobs.ask('exports:save', { jobId, what: 'onnx' });
      expect(jobs.exported!.length).toBeGreaterThan(1000);
      expect(await jobs.ask('jobs:get', { jobId })).toMatchObject({ state: 'failed', kept: true });
    },
  );

  it('before anything was kept has nothing to show, and begins anew when it is gone on with', async () => {
    const jobs = await host();
    // However long the kill takes to come, nothing is trained until then.
    const jobId = await jobs.start({ budget: { steps: 30 } }, true);
    process.kill(jobs.pids.at(-1)!, 'SIGKILL');
    const failed = await jobs.next('job:failed', jobId);
    expect(failed.kept).toBeUndefined();
    await expect(jobs.network(jobId)).rejects.toMatchObject({ code: 'not-allowed' });
    await jobs.ask('jobs:resume', { jobId });
    expect((await jobs.next('job:finished', jobId)).metrics.steps).toBe(30);
  });

  it('survives a torn checkpoint by the one before, and says so where none is whole', async () => {
    const jobs = await host();
    const jobId = await jobs.start({ budget: { steps: 400 } });
    await jobs.next('job:finished', jobId);
    await jobs.ask('jobs:train-further', { jobId, budget: { seconds: 600 } });
    const folder = join(jobs.folder, 'jobs', jobId);
    await until(async () => expect(await readdir(folder)).toContain('checkpoint-1'));
    process.kill(jobs.pids.at(-1)!, 'SIGKILL');
    await jobs.next('job:failed', jobId);
    const bytes = await readFile(join(folder, 'checkpoint-1'));
    await writeFile(join(folder, 'checkpoint-1'), bytes.subarray(0, bytes.length >> 1));
    expect((await jobs.network(jobId)).every(Number.isFinite)).toBe(true);
    for (const name of ['checkpoint-0', 'checkpoint-before']) await writeFile(join(folder, name), 'torn');
    const before = jobs.told.length;
    await jobs.ask('jobs:resume', { jobId });
    const { error } = await jobs.next('job:failed', jobId, before);
    expect(error.code).toBe('bad-checkpoint');
  });
});

describe('a training whose process hangs', () => {
  it('is told of, can be ended, and keeps its best network', async () => {
    const jobs = await host({ listenEvery: 150 });
    const jobId = await jobs.start({ budget: { seconds: 600 } });
    await jobs.kept(jobId);
    const job = () => jobs.ask('jobs:get', { jobId });
    // A machine under load may have had it silent for a moment before.
    await until(async () => expect((await job()).silent).toBeUndefined());
    process.kill(jobs.pids.at(-1)!, 'SIGSTOP');
    await until(async () => expect(await job()).toMatchObject({ silent: true, state: 'training' }));
    expect(await jobs.next('job:silent', jobId)).toMatchObject({ silent: true });
    process.kill(jobs.pids.at(-1)!, 'SIGCONT');
    await until(async () => expect((await job()).silent).toBeUndefined());
    process.kill(jobs.pids.at(-1)!, 'SIGSTOP');
    await jobs.ask('jobs:end', { jobId });
    expect((await jobs.next('job:failed', jobId)).error.message).toMatch(/did not answer/);
    await until(() => expect(isGone(jobs.pids.at(-1)!)).toBe(true));
    expect((await jobs.network(jobId)).every(Number.isFinite)).toBe(true);
  });
});

describe('a process that looks at things for a page and hangs', () => {
  it('is ended, what was asked answered with that, and asking again begins another', async () => {
    const jobs = await host({ listenEvery: 60 });
    const { id: imageId } = await jobs.ask('images:open-sample', { name: 'coffee' });
    const look = () => jobs.ask('images:pixels', { imageId, size: 64 });
    await look();
    const hung = jobs.pids.at(-1)!;
    process.kill(hung, 'SIGSTOP');
    const asked = await Promise.allSettled([look(), jobs.ask('images:open-sample', { name: 'brick' })]);
    for (const { reason } of asked as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({
        code: 'job-died',
        message: expect.stringMatching(/did not answer.*try again/) as string,
      });
    }
    await until(() => expect(isGone(hung)).toBe(true));
    expect(await look()).toMatchObject({ width: 64 });
    expect(jobs.pids.at(-1)).not.toBe(hung);
  });

  it('at rest after its training is another one by the next question', async () => {
    const jobs = await host({ listenEvery: 60 });
    const jobId = await jobs.start();
    await jobs.next('job:finished', jobId);
    const network = await jobs.network(jobId);
    const hung = jobs.pids.at(-1)!;
    process.kill(hung, 'SIGSTOP');
    await expect(jobs.network(jobId)).rejects.toMatchObject({ code: 'job-died' });
    await until(() => expect(isGone(hung)).toBe(true));
    expect(await jobs.network(jobId)).toEqual(network);
  });
});

describe('a finished training', () => {
  it('is trained further, never for the worse, and is what it was when that is cancelled', async () => {
    const jobs = await host();
    const jobId = await jobs.start({ budget: { steps: 300 } });
    const first = await jobs.next('job:finished', jobId);
    const before = await jobs.network(jobId);

    let told = jobs.told.length;
    const since = await jobs.keptAt(jobId);
    await jobs.ask('jobs:train-further', { jobId, budget: { seconds: 600 } });
    // A pause is kept at once, over what was kept before in the end.
    await jobs.next('job:progress', jobId, told);
    await jobs.ask('jobs:pause', { jobId });
    await until(async () => expect(await jobs.keptAt(jobId)).toBeGreaterThan(since));
    await jobs.ask('jobs:cancel', { jobId });
    expect((await jobs.next('job:finished', jobId, told)).metrics).toEqual(first.metrics);
    expect(await jobs.network(jobId)).toEqual(before);

    told = jobs.told.length;
    await jobs.ask('jobs:train-further', { jobId, budget: { steps: 600 } });
    const { metrics } = await jobs.next('job:finished', jobId, told);
    expect(metrics.steps).toBe(900);
    expect(metrics.exactPsnr!).toBeGreaterThanOrEqual(first.metrics.exactPsnr!);
    expect(await jobs.ask('jobs:get', { jobId })).toMatchObject({
      state: 'finished',
      further: { budget: { steps: 600 } },
    });
  });

  it('is there again though its process was killed at rest', async () => {
    const jobs = await host();
    const jobId = await jobs.start({ budget: { steps: 200 } });
    await jobs.next('job:finished', jobId);
    const network = await jobs.network(jobId);
    const pid = jobs.pids.at(-1)!;
    process.kill(pid, 'SIGKILL');
    await until(() => expect(isGone(pid)).toBe(true));
    expect(await jobs.network(jobId)).toEqual(network);
  });
});

describe('the queue', () => {
  it('lets one train at a time, in an order that can be changed, and forgets who is cancelled', async () => {
    const jobs = await host();
    const [a, b, c] = [
      await jobs.start({ budget: { seconds: 600 } }),
      await jobs.start({ budget: { steps: 20 } }),
      await jobs.start({ budget: { steps: 20 } }),
    ];
    const states = async () =>
      Object.fromEntries(
        (await jobs.ask('jobs:list', {})).map(({ jobId, state, position }) => [jobId, position ?? state]),
      );
    await jobs.next('job:progress', a);
    expect(await states()).toEqual({ [a]: 'training', [b]: 1, [c]: 2 });
    await jobs.ask('jobs:move', { jobId: c, to: 1 });
    expect(await states()).toEqual({ [a]: 'training', [b]: 2, [c]: 1 });
    await jobs.ask('jobs:cancel', { jobId: b });
    await jobs.ask('jobs:cancel', { jobId: a });
    await jobs.next('job:finished', c);
    expect(await states()).toEqual({ [a]: 'cancelled', [b]: 'cancelled', [c]: 'finished' });
    expect(await readdir(join(jobs.folder, 'jobs'))).toEqual([c]);
  });

  it('lets another train while one is paused, and that one go on afterwards', async () => {
    const jobs = await host();
    const [a, b] = [
      await jobs.start({ budget: { seconds: 600 } }),
      await jobs.start({ budget: { seconds: 600 } }),
    ];
    await jobs.next('job:progress', a);
    await jobs.ask('jobs:pause', { jobId: a });
    await jobs.next('job:progress', b);
    await jobs.ask('jobs:continue', { jobId: a });
    expect(await jobs.ask('jobs:get', { jobId: a })).toMatchObject({ state: 'queued', position: 1 });
    const told = jobs.told.length;
    await jobs.ask('jobs:stop', { jobId: b });
    await jobs.next('job:finished', b);
    await jobs.next('job:progress', a, told);
    await jobs.ask('jobs:stop', { jobId: a });
    await jobs.next('job:finished', a);
  });

  it('trains two at once, each to its own network, where it may', async () => {
    const jobs = await host({ trainingsAtOnce: 2 });
    const alone = await host();
    const [a, b] = [await jobs.start({ seed: 1 }), await jobs.start({ seed: 2 })];
    const [one, two] = [await alone.start({ seed: 1 }), await alone.start({ seed: 2 })];
    for (const [who, jobId] of [
      [jobs, a],
      [jobs, b],
      [alone, one],
      [alone, two],
    ] as const)
      await who.next('job:finished', jobId);
    expect(await jobs.network(a)).toEqual(await alone.network(one));
    expect(await jobs.network(b)).toEqual(await alone.network(two));
  });
});

describe('a host that is killed in mid-training', () => {
  it('leaves the training to the next one, which goes on with it', async () => {
    const next = await host();
    const cli = spawn(process.execPath, [built('main/cli.js'), 'serve', '--port', '0'], {
      env: { ...process.env, SEAMFIELD_DATA: next.folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [address] = (await once(createInterface({ input: cli.stdout }), 'line')) as [string];
      const ask = await client(address);
      const { id } = await ask('images:open-sample', { name: 'coffee' });
      const budget = { steps: 1500 };
      const request = { kind: 'reconstruct', imageId: id, from: 'gradient', size: 32, hidden: 16 } as const;
      const { jobId } = await ask('jobs:start', { ...request, threads: 1, budget });
      const state = () => ask('jobs:get', { jobId });
      await until(async () => expect(await state()).toHaveProperty('progress'));
      await ask('jobs:pause', { jobId });
      await until(async () => expect((await state()).kept).toBe(true));
      expect(await next.ask('jobs:recoverable', {})).toEqual([]);
      const gone = once(cli, 'exit');
      cli.kill('SIGKILL');
      await gone;

      const [left] = await next.ask('jobs:recoverable', {});
      expect(left).toMatchObject({ jobId, kind: 'reconstruct', name: 'coffee.png' });
      expect(left!.fraction).toBeGreaterThan(0);
      await next.ask('jobs:resume', { jobId });
      expect(await next.ask('jobs:recoverable', {})).toEqual([]);
      expect((await next.next('job:finished', jobId)).metrics.steps).toBe(budget.steps);
      const straight = await next.start({ budget });
      await next.next('job:finished', straight);
      expect(await next.network(jobId)).toEqual(await next.network(straight));
    } finally {
      cli.kill('SIGKILL');
    }
  });

  it('after a “train further” was cancelled leaves what had been finished before, and nothing to go on with', async () => {
    const first = await host();
    const jobId = await first.start();
    await first.next('job:finished', jobId);
    const network = await first.network(jobId);
    await first.ask('jobs:train-further', { jobId, budget: { seconds: 600 } });
    const folder = join(first.folder, 'jobs', jobId);
    await until(async () => expect(await readdir(folder)).toContain('checkpoint-1'));
    await first.ask('jobs:cancel', { jobId });
    // As a host that is killed now leaves it.
    const copy = await mkdtemp(join(tmpdir(), 'seamfield-left-'));
    await cp(first.folder, copy, { recursive: true });
    const next = await host({}, copy);
    const record = join(copy, 'jobs', jobId, 'job.json');
    await writeFile(record, (await readFile(record, 'utf8')).replace(/"pid":\d+/, '"pid":999999999'));
    expect(await next.ask('jobs:recoverable', {})).toMatchObject([{ jobId, fraction: 1 }]);
    await next.ask('jobs:resume', { jobId });
    expect((await next.next('job:finished', jobId)).metrics.steps).toBe(60);
    expect(await next.network(jobId)).toEqual(network);
  });

  it('leaves with it what trained it, which another host that only reads it does not take for itself', async () => {
    const first = await host();
    const jobId = await first.start();
    await first.next('job:finished', jobId);
    // As a host that is killed now leaves it.
    const copy = await mkdtemp(join(tmpdir(), 'seamfield-left-'));
    await cp(first.folder, copy, { recursive: true });
    const folder = join(copy, 'jobs', jobId);
    const trainedBy = { engine: 'tfjs', provider: 'cuda', machine: 'another machine' } as const;
    for (const name of await readdir(folder)) {
      if (!name.startsWith('checkpoint-')) continue;
      const checkpoint = decodeCheckpoint(await readFile(join(folder, name)));
      await writeFile(join(folder, name), encodeCheckpoint({ ...checkpoint, trainedBy }));
    }
    const record = join(folder, 'job.json');
    await writeFile(record, (await readFile(record, 'utf8')).replace(/"pid":\d+/, '"pid":999999999'));
    const next = await host({}, copy);
    await next.ask('jobs:resume', { jobId });
    expect((await next.next('job:finished', jobId)).metrics).toMatchObject(trainedBy);
  });

  it('leaves what can be gone on with though the defaults have changed, and what can be forgotten', async () => {
    const first = await host();
    const jobId = await first.start({ budget: { seconds: 600 } });
    await first.kept(jobId);
    await first.close();
    const next = await host({}, first.folder);
    // The host that wrote it is this very process, and alive.
    expect(await next.ask('jobs:recoverable', {})).toEqual([]);
    const record = join(first.folder, 'jobs', jobId, 'job.json');
    const written = await readFile(record, 'utf8');
    const left = written.replace(/"pid":\d+/, '"pid":999999999');
    // What was a default then is no longer one.
    await writeFile(record, left.replace('"hidden":16,', ''));
    expect(await next.ask('jobs:recoverable', {})).toMatchObject([{ jobId }]);
    await next.ask('jobs:resume', { jobId });
    await next.next('job:progress', jobId);
    await next.close();
    const last = await host({}, first.folder);
    await writeFile(record, left);
    expect(await last.ask('jobs:recoverable', {})).toMatchObject([{ jobId }]);
    await last.ask('jobs:discard', { jobId });
    expect(await last.ask('jobs:recoverable', {})).toEqual([]);
    expect(await readdir(join(first.folder, 'jobs'))).toEqual([]);
  });
});
