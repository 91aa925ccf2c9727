import { describe, expect, it, vi } from 'vitest';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import type { JobSummary, Recoverable } from '../../src-shared/contract/job-schemas.ts';
import { until } from '../../tests/until.ts';
import type { JobList } from '../stores/job-list.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { JobLister } from './job-lister.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { seconds: 5 } } as const;

/** A host with these jobs, and a list that is only a list. */
function listed(jobs: JobSummary[], left: Promise<Recoverable[]> = Promise.resolve([])) {
  const list = { jobs: [], recoverable: [], find: undefined } as unknown as JobList;
  Object.assign(list, { find: (id: string) => list.jobs.find(({ jobId }) => jobId === id) });
  const handlers = new Map<string, (payload: never) => void>();
  const asked: string[] = [];
  const transport = {
    request: (channel: string) => {
      asked.push(channel);
      const answers: Record<string, unknown> = {
        'jobs:list': [...jobs],
        'jobs:recoverable': left,
        'images:get': { name: 'moon.png' },
      };
      return Promise.resolve(answers[channel]);
    },
    on: (event: string, handler: (payload: never) => void) => {
      handlers.set(event, handler);
      return () => handlers.delete(event);
    },
  } as unknown as Transport;
  const report = vi.fn();
  const lister = new JobLister(transport, list, report);
  lister.start();
  const tell = ({ event, payload }: EventMessage) => handlers.get(event)!(payload as never);
  return { list, lister, tell, asked, report };
}

describe('the list of all trainings', () => {
  it('is the host’s, each named after its photograph', async () => {
    const { list, lister } = listed([{ jobId: 'a', request, state: 'queued', position: 1 }]);
    await lister.catchUp();
    expect(list.jobs).toMatchObject([{ jobId: 'a', name: 'moon.png', state: 'queued', position: 1 }]);
  });

  it('follows events, keeps no curve, and forgets who is gone', async () => {
    const { list, lister, tell } = listed([{ jobId: 'a', request, state: 'training' }]);
    await lister.catchUp();
    tell({ event: 'job:silent', payload: { jobId: 'a', silent: true } });
    expect(list.jobs[0]?.silent).toBe(true);
    const lossCurve = [{ step: 1, seconds: 1, loss: 1 }];
    tell({ event: 'job:finished', payload: { jobId: 'a', metrics: { lossCurve } } });
    expect(list.jobs).toMatchObject([{ state: 'finished', silent: false, curve: [] }]);
    tell({ event: 'job:gone', payload: { jobId: 'a' } });
    expect(list.jobs).toEqual([]);
  });

  it('asks for a job that it does not know, once for many events', async () => {
    const { list, tell, asked } = listed([{ jobId: 'b', request, state: 'preparing' }]);
    for (let i = 0; i < 5; i++) tell({ event: 'job:preparing', payload: { jobId: 'b' } });
    await until(() => expect(list.jobs).toHaveLength(1));
    expect(asked.filter((channel) => channel === 'jobs:list')).toHaveLength(1);
  });

  it('has who came while the host was answering', async () => {
    const jobs: JobSummary[] = [{ jobId: 'a', request, state: 'training' }];
    const { list, tell } = listed(jobs);
    tell({ event: 'job:preparing', payload: { jobId: 'a' } });
    jobs.push({ jobId: 'b', request, state: 'queued', position: 1 });
    tell({ event: 'job:queued', payload: { jobId: 'b', position: 1 } });
    await until(() => expect(list.jobs).toMatchObject([{ jobId: 'a' }, { jobId: 'b' }]));
  });

  it('keeps what it was told while the host was answering with what was before', async () => {
    const { list, lister, tell } = listed([{ jobId: 'a', request, state: 'training' }]);
    const caughtUp = lister.catchUp();
    tell({ event: 'job:paused', payload: { jobId: 'a' } });
    await caughtUp;
    expect(list.jobs).toMatchObject([{ jobId: 'a', state: 'paused' }]);
  });

  it('no longer offers of an earlier host who was gone on with, or discarded, while the host was answering', async () => {
    const leftOver = (jobId: string) => ({
      ...{ jobId, kind: 'reconstruct', name: 'moon.png', savedAt: 0, step: 1 },
      fraction: 0.5,
    });
    let answer: (left: Recoverable[]) => void = () => undefined;
    const jobs: JobSummary[] = [];
    const { list, lister, tell, asked } = listed(jobs, new Promise((resolve) => (answer = resolve)));
    const caughtUp = lister.catchUp();
    await until(() => expect(asked).toContain('jobs:recoverable'));
    jobs.push({ jobId: 'a', request, state: 'queued', position: 1 });
    tell({ event: 'job:queued', payload: { jobId: 'a', position: 1 } });
    tell({ event: 'job:gone', payload: { jobId: 'b' } });
    answer(['a', 'b', 'c'].map(leftOver) as Recoverable[]);
    await caughtUp;
    expect(list.recoverable).toMatchObject([{ jobId: 'c' }]);
    tell({ event: 'job:gone', payload: { jobId: 'c' } });
    expect(list.recoverable).toEqual([]);
  });

  it('reports a training that could not be put on disk', async () => {
    const { lister, tell, report } = listed([{ jobId: 'a', request, state: 'training' }]);
    await lister.catchUp();
    tell({
      event: 'job:unsaved',
      payload: { jobId: 'a', error: { code: 'unwritable-output', message: 'Full.' } },
    });
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'Full.' }));
  });
});
