import { describe, expect, it } from 'vitest';
import type { JobDetail } from '../../src-shared/contract/job-schemas.ts';
import { until } from '../../tests/until.ts';
import type { Run, Runs } from '../stores/runs.svelte.ts';
import { Listeners } from '../transport/listeners.ts';
import type { Transport } from '../transport/transport.ts';
import { RunLog } from './run-log.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { seconds: 5 } } as const;
const point = { step: 4, seconds: 1, loss: 0.5, learningRate: 0.01 };
const progress = {
  step: 4,
  fraction: 0.5,
  loss: 0.5,
  learningRate: 0.01,
  stepsPerSecond: 4,
  secondsElapsed: 1,
  secondsLeft: 1,
};

/** A log of runs that are only a list, and a host that answers what it is told to, when it is told to. */
function setUp() {
  const runs = {
    all: [] as Run[],
    find: (id: string) => runs.all.find(({ jobId }) => jobId === id),
    add: (run: Run) => void runs.all.push(run),
    change: (id: string, change: Partial<Run>) => {
      runs.all = runs.all.map((run) => (run.jobId === id ? { ...run, ...change } : run));
    },
  };
  const answers: ((detail: JobDetail) => void)[] = [];
  const listeners = new Listeners();
  const transport = {
    on: listeners.add.bind(listeners),
    request: (channel: string) =>
      channel === 'jobs:get'
        ? new Promise<JobDetail>((resolve) => answers.push(resolve))
        : Promise.resolve(channel === 'images:get' ? { name: 'moon.png' } : { cells: '4' }),
  } as unknown as Transport;
  new RunLog(transport, runs as unknown as Runs).start();
  const answer = async (detail: Partial<JobDetail>) => {
    answers.shift()!({ jobId: 'a', request, state: 'training', curve: [], ...detail });
    await until(() => expect(runs.all).toHaveLength(1));
  };
  return { runs, answers, answer, listeners };
}

describe('the runs of a session', () => {
  it('have what was told while the host was asked for their beginning', async () => {
    const { runs, answers, answer, listeners } = setUp();
    listeners.tell('job:started', { jobId: 'a', width: 4, height: 4, parameters: 9 });
    listeners.tell('job:progress', { jobId: 'a', progress, curve: [point] });
    listeners.tell('job:finished', { jobId: 'a', metrics: { psnr: 30 } });
    expect(answers).toHaveLength(1);
    await answer({});
    expect(runs.all).toMatchObject([
      { name: '1 · moon.png · gradient', state: 'finished', points: [point], metrics: { psnr: 30 } },
    ]);
  });

  it('count no point twice that the answer has already', async () => {
    const { runs, answer, listeners } = setUp();
    listeners.tell('job:started', { jobId: 'a', width: 4, height: 4, parameters: 9 });
    listeners.tell('job:progress', { jobId: 'a', progress, curve: [point] });
    await answer({ curve: [point] });
    expect(runs.all[0]?.points).toEqual([point]);
    listeners.tell('job:failed', { jobId: 'a', error: { code: 'cancelled', message: 'Cancelled.' } });
    expect(runs.all[0]?.state).toBe('cancelled');
  });
});
