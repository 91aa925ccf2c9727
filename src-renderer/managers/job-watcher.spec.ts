import { describe, expect, it } from 'vitest';
import type { JobState } from '../../src-shared/contract/job-schemas.ts';
import { newJob } from '../stores/job.ts';
import type { Plane } from '../stores/picture.ts';
import type { Pictures } from '../stores/pictures.svelte.ts';
import { Listeners } from '../transport/listeners.ts';
import type { Transport } from '../transport/transport.ts';
import { JobWatcher, type Watched } from './job-watcher.ts';
import type { PictureLoader } from './picture-loader.ts';

const image = {
  id: 'i',
  name: 'a.png',
  width: 8,
  height: 8,
  channels: 1,
  bitDepth: 8,
  hasAlpha: false,
} as const;
const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 9 } } as const;
const plane = { width: 1, height: 1, channels: 1, data: Float32Array.of(1) } as const satisfies Plane;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function setUp(known: { jobId: string; state: JobState; preview?: object }[] = []) {
  const listeners = new Listeners();
  const asked: string[] = [];
  const jobs = known.map((job) => ({ ...job, request, curve: [] }));
  const answers: Record<string, (payload: { jobId?: string; step?: number }) => unknown> = {
    'jobs:list': () => jobs,
    'jobs:get': ({ jobId }) =>
      jobs.find((job) => job.jobId === jobId) ?? Promise.reject(new Error('unknown')),
    'images:get': () => image,
  };
  const transport = {
    on: listeners.add.bind(listeners),
    request: async (channel: string, payload: { step?: number }) => {
      asked.push(channel === 'jobs:ack' ? `ack ${payload.step}` : channel);
      return await answers[channel]?.(payload);
    },
  } as unknown as Transport;
  const session = { image: null, job: null, isLookedAt: true } as Mutable<Watched>;
  const pictures = { preview: null } as unknown as Pictures;
  const errors: unknown[] = [];
  const loader = { fetch: () => Promise.resolve(plane) } as unknown as PictureLoader;
  const report = (error: unknown) => void errors.push(error);
  const drawn = () => Promise.resolve();
  const watcher = new JobWatcher(transport, session, pictures, loader, report, drawn);
  watcher.start();
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { watcher, listeners, session, pictures, errors, asked, settle };
}

const preview = (step: number) => ({
  jobId: 'j',
  step,
  bufferId: 'b',
  width: 1,
  height: 1,
  channels: 1,
  dtype: 'f32',
});

describe('watching a job', () => {
  it('shows its previews and gives credit for the next', async () => {
    const { listeners, session, pictures, asked, settle } = setUp();
    session.job = newJob('j', request);
    listeners.tell('job:preview', preview(7));
    await settle();
    expect([pictures.preview, asked]).toEqual([plane, ['ack 7']]);
  });

  it('leaves previews of a job it does not show alone', async () => {
    const { listeners, pictures, asked, settle } = setUp();
    listeners.tell('job:preview', preview(7));
    await settle();
    expect([pictures.preview, asked]).toEqual([null, []]);
  });

  it('leaves them alone while nobody looks, and shows the latest as soon as somebody does', async () => {
    const { watcher, listeners, session, pictures, asked, settle } = setUp();
    session.job = newJob('j', request);
    session.isLookedAt = false;
    listeners.tell('job:preview', preview(7));
    listeners.tell('job:preview', preview(8));
    await settle();
    expect([pictures.preview, asked]).toEqual([null, []]);
    session.isLookedAt = true;
    watcher.look();
    await settle();
    expect([pictures.preview, asked]).toEqual([plane, ['ack 8']]);
  });

  it('reports a failure once, and a cancellation never', () => {
    const { listeners, session, errors } = setUp();
    const died = { code: 'job-died', message: 'The training process was killed.' };
    session.job = newJob('j', request);
    listeners.tell('job:failed', { jobId: 'j', error: died });
    listeners.tell('job:failed', { jobId: 'j', error: died });
    session.job = newJob('k', request);
    listeners.tell('job:failed', { jobId: 'k', error: { code: 'cancelled', message: 'Cancelled.' } });
    expect(errors).toEqual([died]);
  });
});

describe('catching up after a reload', () => {
  it('shows what is running', async () => {
    const { watcher, session } = setUp([
      { jobId: 'old', state: 'finished' },
      { jobId: 'now', state: 'training' },
    ]);
    await watcher.catchUp(null);
    expect([session.job?.jobId, session.image]).toEqual(['now', image]);
  });

  it('shows what the host has of its picture, and gives credit for the next', async () => {
    const { jobId, ...made } = preview(7);
    const { watcher, pictures, asked, settle } = setUp([{ jobId, state: 'training', preview: made }]);
    await watcher.catchUp(null);
    await settle();
    expect([pictures.preview, asked.at(-1)]).toEqual([plane, 'ack 7']);
  });

  it('shows the result this page had, but no other page’s', async () => {
    const jobs = [{ jobId: 'old', state: 'finished' }] as const;
    const [same, other] = [setUp([...jobs]), setUp([...jobs])];
    await same.watcher.catchUp('old');
    await other.watcher.catchUp(null);
    expect([same.session.job?.state, other.session.job]).toEqual(['finished', null]);
  });

  it('goes back to the start where the host no longer knows the job', async () => {
    const { watcher, session } = setUp();
    session.job = newJob('gone', request);
    session.image = image;
    await expect(watcher.catchUp(null)).rejects.toThrow('unknown');
    expect([session.job, session.image]).toEqual([null, null]);
  });

  it('has what was told while the host was answering with what was before', async () => {
    const { watcher, session, listeners } = setUp([{ jobId: 'j', state: 'training' }]);
    session.job = { ...newJob('j', request), state: 'training' };
    const caughtUp = watcher.catchUp(null);
    listeners.tell('job:finished', { jobId: 'j', metrics: { psnr: 30 } });
    await caughtUp;
    expect(session.job).toMatchObject({ state: 'finished', metrics: { psnr: 30 } });
  });

  it('leaves alone what the user has begun or opened meanwhile', async () => {
    const [begun, opened] = [
      setUp([{ jobId: 'j', state: 'training' }]),
      setUp([{ jobId: 'j', state: 'paused' }]),
    ];
    begun.session.job = newJob('j', request);
    const caughtUp = [begun.watcher.catchUp(null), opened.watcher.catchUp(null)];
    begun.session.job = newJob('next', request);
    opened.session.image = { ...image, id: 'mine' };
    await Promise.all(caughtUp);
    expect(begun.session.job?.jobId).toBe('next');
    expect([opened.session.image?.id, opened.session.job]).toEqual(['mine', null]);
  });
});
