import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { channels } from '../../src-shared/contract/channels.ts';
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { open } from '../../src-shared/contract/envelope.ts';
import { events } from '../../src-shared/contract/events.ts';
import type { EventMessage, EventName, EventOf } from '../../src-shared/contract/events.ts';
import { inProcess, onElectron, overLoopback } from './host-under-test.ts';
import type { HostUnderTest } from './host-under-test.ts';
import { until } from '../until.ts';

vi.mock('electron', () => import('../fixtures/fake-electron.ts'));

describe.each([
  ['in process', inProcess],
  ['over loopback', overLoopback],
  ['on Electron', onElectron],
])('the contract %s', (_, start) => {
  let host: HostUnderTest;
  let told: EventMessage[];

  async function ask<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> {
    const result = open(await host.request(channel, payload));
    return v.parse(channels[channel].response as v.GenericSchema<unknown, ResponseOf<C>>, result);
  }

  const next = <E extends EventName>(event: E, after = 0): Promise<EventOf<E>> =>
    until(() => {
      const found = told.slice(after).find((message) => message.event === event);
      expect(found, `no ${event} among ${told.map((message) => message.event).join(', ')}`).toBeDefined();
      return found!.payload as EventOf<E>;
    }, 5);

  async function train(budget: { steps: number }): Promise<string> {
    told = [];
    const { id } = await ask('images:open-sample', { name: 'coffee' });
    const request = {
      kind: 'reconstruct',
      imageId: id,
      from: 'gradient',
      size: 32,
      hidden: 16,
      budget,
    } as const;
    return (await ask('jobs:start', request)).jobId;
  }

  beforeAll(async () => {
    host = await start();
    host.onEvent((message) => void told.push(message));
  });
  afterAll(() => host.close());

  it('carries a training from request to result', async () => {
    const jobId = await train({ steps: 60 });
    const { metrics } = await next('job:finished');
    expect(metrics).toMatchObject({ steps: 60, width: 32, height: 21 });
    for (const { event, payload } of told) expect(v.safeParse(events[event], payload).issues).toBeUndefined();
    expect(told.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['job:started', 'job:progress', 'job:preview', 'job:finished']),
    );
    const { bufferId, ...size } = await ask('jobs:view', { jobId, of: 'network', view: 'dx' });
    expect(size).toEqual({ width: 32, height: 21, channels: 3, dtype: 'f32' });
    const numbers = new Float32Array(await host.fetchBuffer(bufferId));
    expect(numbers).toHaveLength(3 * 32 * 21);
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(await ask('jobs:get', { jobId })).toMatchObject({ state: 'finished', metrics: { steps: 60 } });
  });

  it('pauses, continues and stops a training with what it has', async () => {
    const jobId = await train({ steps: 1_000_000 });
    await next('job:progress');
    await ask('jobs:pause', { jobId });
    await next('job:paused');
    expect(await ask('jobs:get', { jobId })).toMatchObject({ state: 'paused' });
    const pausedAt = told.length;
    await ask('jobs:continue', { jobId });
    await next('job:started', pausedAt);
    await next('job:progress', pausedAt);
    await ask('jobs:stop', { jobId });
    const { metrics } = await next('job:finished');
    expect(metrics.steps).toBeGreaterThan(0);
    expect(metrics.steps).toBeLessThan(1_000_000);
  });

  it('cancels a training and says so', async () => {
    const jobId = await train({ steps: 1_000_000 });
    await next('job:progress');
    await ask('jobs:cancel', { jobId });
    expect(await next('job:failed')).toMatchObject({ jobId, error: { code: 'cancelled' } });
    const answer = await host.request('jobs:view', { jobId, of: 'network', view: 'value' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });

  it('looks at a photograph without any training', async () => {
    const { id } = await ask('images:open-sample', { name: 'moon' });
    const view = await ask('images:view', { imageId: id, view: 'laplacian', size: 40 });
    expect(view).toMatchObject({ width: 40, height: 40, channels: 1 });
    expect(await host.fetchBuffer(view.bufferId)).toHaveProperty('byteLength', 4 * 40 * 40);
  });

  it.each([
    ['jobs:get', { jobId: 'none' }, 'unknown-handle'],
    ['jobs:get', { jobId: '../none' }, 'invalid-message'],
    ['jobs:explode', {}, 'unknown-channel'],
    ['images:open-sample', { name: 'nobody' }, 'unknown-handle'],
  ])('refuses %s with %j as %s', async (channel, payload, code) => {
    expect(await host.request(channel, payload)).toMatchObject({ ok: false, error: { code } });
  });
});
