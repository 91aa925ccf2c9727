import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import type { ChildPort } from '../../src-main/jobs/port.ts';
import { JobProcess } from '../../src-main/jobs/process.ts';
import type { JobEvents } from '../../src-main/jobs/process.ts';
import type { ReconstructTask } from '../../src-main/jobs/tasks.ts';
import type { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { built, root } from './seamfield.ts';
import { cpuMs, watchTurns } from './turns.ts';

const image = { path: join(root, 'assets/samples/astronaut.png'), name: 'astronaut.png' };
/** A training that would take minutes. */
const long: ReconstructTask = {
  kind: 'reconstruct',
  image,
  from: 'gradient',
  size: 64,
  budget: { seconds: 600 },
};
const launch = forkLauncher(built('main/worker.js'));
/**
 * ms of CPU: a turn that takes longer holds its host up. What is longest here takes some 4 ms on two cores of a server,
 * most of it compiling, and may take many times that on a slow machine.
 */
const heldUp = 200;

/** A job whose events can be waited for. */
function begin(task: ReconstructTask, spy?: (port: ChildPort) => void) {
  const waiting = new Map<keyof JobEvents, (value: never) => void>();
  const next = <T>(event: keyof JobEvents) => new Promise<T>((resolve) => void waiting.set(event, resolve));
  const tell = (event: keyof JobEvents) => (value?: unknown) => waiting.get(event)?.(value as never);
  const events = Object.fromEntries(
    (['started', 'paused', 'progress', 'preview', 'finished', 'failed'] as const).map((event) => [
      event,
      tell(event),
    ]),
  );
  const job = new JobProcess(() => {
    const port = launch();
    spy?.(port);
    return port;
  }, events);
  job.begin(task);
  return { job, next };
}

describe('a training in a process of its own', () => {
  it('leaves its host’s event loop free, while it trains and sends previews', async () => {
    const { job, next } = begin({ ...long, previews: true });
    await next('started');
    const stop = watchTurns();
    for (let i = 0; i < 4; i++) {
      const { step } = await next<{ step: number }>('preview');
      job.ack(step);
    }
    const { turns, longest } = stop();
    await job.cancel();
    expect(turns).toBeGreaterThan(10);
    expect(longest).toBeLessThan(heldUp);
  });

  it('would be seen to hold its host up by a single long turn', async () => {
    const stop = watchTurns();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const until = cpuMs() + heldUp;
    while (cpuMs() < until);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stop().longest).toBeGreaterThanOrEqual(heldUp);
  });

  it('can be paused, looked at, continued, and stopped with the best network so far', async () => {
    const { job, next } = begin(long);
    await next('progress');
    job.pause();
    await next('paused');
    expect(await job.ask({ kind: 'view', of: 'photograph', view: 'dx' })).toMatchObject({
      width: 64,
      height: 64,
      channels: 3,
    });
    expect(await job.ask({ kind: 'view', of: 'exact', view: 'value' })).toMatchObject({
      width: 64,
      height: 64,
    });
    await expect(job.ask({ kind: 'view', of: 'network', view: 'value' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(job.ask({ kind: 'picture', format: 'png', view: 'value' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    job.continue();
    await next('started');
    await next('progress');
    job.stop();
    const metrics = await next<{ steps: number; psnr: number }>('finished');
    expect(metrics.steps).toBeGreaterThan(0);
    expect(metrics.psnr).toBeGreaterThan(0);
    const laplacian = await job.ask({ kind: 'view', of: 'network', view: 'laplacian' });
    expect(laplacian.data).toHaveLength(3 * 64 * 64);
    expect((await job.ask({ kind: 'model' })).bytes.length).toBeGreaterThan(1000);
    await job.cancel();
  });

  it('ends by itself when it is cancelled in mid-training, without having to be killed', async () => {
    let isKilled = false;
    const { job, next } = begin(long, (port) => {
      const { kill } = port;
      Object.assign(port, { kill: () => ((isKilled = true), kill()) });
    });
    await next('progress');
    const failed = next<SeamfieldError>('failed');
    // Nobody's patience ends: a busy machine may take its time.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      await job.cancel();
    } finally {
      vi.useRealTimers();
    }
    expect(await failed).toMatchObject({ code: 'cancelled' });
    expect(isKilled).toBe(false);
  });

  it('is reported as dead where it is killed from outside', async () => {
    let kill = (): void => undefined;
    const { next } = begin(long, (port) => (kill = port.kill));
    await next('progress');
    const failed = next<SeamfieldError>('failed');
    kill();
    expect(await failed).toMatchObject({ code: 'job-died', details: { signal: 'SIGKILL' } });
  });
});
