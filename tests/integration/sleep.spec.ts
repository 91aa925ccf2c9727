import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { client } from './page-client.ts';
import { built } from './seamfield.ts';
import { until } from '../until.ts';

/** Longer than any hold-up of a machine at work, and than the budget. */
const asleep = 8000;
const budget = { seconds: 2 };

// The nearest thing to a sleep that a test may do to a machine: every process of the app stands still, the clocks go on.
it.runIf(process.platform !== 'win32')(
  'a sleep of the machine is no training: the budget is what it was, and nobody is taken for silent',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seamfield-sleep-'));
    const app = spawn(process.execPath, [built('main/cli.js'), 'serve', '--port', '0'], {
      env: { ...process.env, SEAMFIELD_DATA: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own.
      detached: true,
    });
    const group = -app.pid!;
    try {
      const [address] = (await once(createInterface({ input: app.stdout }), 'line')) as [string];
      const ask = await client(address);
      const { id } = await ask('images:open-sample', { name: 'coffee' });
      const request = { kind: 'reconstruct', imageId: id, from: 'gradient', size: 32, hidden: 16 } as const;
      const { jobId } = await ask('jobs:start', { ...request, threads: 1, budget });
      const job = () => ask('jobs:get', { jobId });
      await until(async () => expect((await job()).progress?.step).toBeGreaterThan(100));
      process.kill(group, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, asleep));
      process.kill(group, 'SIGCONT');
      expect((await job()).silent).toBeUndefined();
      await until(async () => expect((await job()).state).toBe('finished'));
      const { metrics } = await job();
      expect(metrics!.seconds!).toBeGreaterThanOrEqual(budget.seconds);
      expect(metrics!.seconds!).toBeLessThan(asleep / 1000);
    } finally {
      process.kill(group, 'SIGCONT');
      process.kill(group, 'SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
);
