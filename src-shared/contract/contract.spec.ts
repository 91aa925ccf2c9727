import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { channels, isChannel, type RequestOf, type ResponseOf } from './channels.ts';
import { enclose, open } from './envelope.ts';
import { SeamfieldError } from './errors.ts';
import { events, isEventName, type EventOf } from './events.ts';
import { errorEnvelope } from './error-schemas.ts';
import type { ImageSummary } from './image-schemas.ts';
import type { Metrics } from '../model/metrics.ts';
import type { LossPoint, Progress } from '../model/training.ts';

describe('channels', () => {
  it('name every request and event as namespace:verb', () => {
    for (const name of [...Object.keys(channels), ...Object.keys(events)])
      expect(name).toMatch(/^[a-z]+:[a-z-]+$/);
  });

  it('have signatures derived from their schemas', () => {
    expectTypeOf<RequestOf<'jobs:pause'>>().toEqualTypeOf<{ jobId: string }>();
    expectTypeOf<ResponseOf<'images:dialog'>>().toEqualTypeOf<ImageSummary | null>();
    expectTypeOf<EventOf<'job:progress'>['progress']>().toExtend<Progress>();
    expectTypeOf<EventOf<'job:progress'>['curve'][number]>().toExtend<LossPoint>();
    expectTypeOf<EventOf<'job:finished'>['metrics']>().toExtend<Metrics>();
    expect(isChannel('jobs:start')).toBe(true);
  });

  it('know inherited names and the preload’s own channel to be none of theirs', () => {
    for (const name of ['toString', '__proto__', 'images:import-path', 'constructor'])
      expect([isChannel(name), isEventName(name)]).toEqual([false, false]);
  });
});

describe('requests', () => {
  const start = { kind: 'reconstruct', imageId: 'i1', from: 'gradient', budget: { seconds: 20 } } as const;
  const accepts = (request: unknown) => v.safeParse(channels['jobs:start'].request, request).success;

  it('leave to the host what the user did not choose', () => {
    expect(v.parse(channels['jobs:start'].request, start)).toEqual(start);
  });

  it.each([
    ['a key nobody knows', { ...start, path: '/etc/passwd' }],
    ['a path for a handle', { ...start, imageId: '../secret' }],
    ['two budgets at once', { ...start, budget: { seconds: 1, steps: 1 } }],
    ['no time at all', { ...start, budget: { seconds: 0 } }],
    ['a fractional width', { ...start, hidden: 12.5 }],
    ['a number that is none', { ...start, omega: Number.NaN }],
    ['an unknown kind', { ...start, kind: 'paint' }],
  ])('with %s are refused', (_, request) => {
    expect(accepts(request)).toBe(false);
  });
});

describe('a composition', () => {
  const transform = { x: -3, y: 0.5, scale: 2, rotation: -90, flipX: true, flipY: false };
  const layer = { sourceId: 's', maskId: 'm', transform, mode: 'import' } as const;
  const accepts = (...layers: unknown[]) =>
    v.safeParse(channels['clones:exact'].request, { composition: { targetId: 't', layers } }).success;

  it('is one to thirty-two layers, turned inside out if need be', () => {
    expect(accepts(layer, { ...layer, transform: { ...transform, flipY: true } })).toBe(true);
    expect(accepts(...Array.from({ length: 32 }, () => layer))).toBe(true);
    expect(accepts()).toBe(false);
    expect(accepts(...Array.from({ length: 33 }, () => layer))).toBe(false);
  });

  it.each([
    { scale: 0 },
    { scale: -1 },
    { scale: Number.NaN },
    { scale: 1e-9 },
    { scale: 1000 },
    { rotation: Infinity },
    { rotation: 1e9 },
    { x: Number.NaN },
    { y: 1e12 },
    { flipX: 1 },
    { skew: 1 },
  ])('with a layer transformed by %j is refused', (changes) => {
    expect(accepts({ ...layer, transform: { ...transform, ...changes } })).toBe(false);
  });
});

describe('an envelope', () => {
  it('carries a refusal across JSON with its code, its sentence and its facts', async () => {
    const refusal = new SeamfieldError('image-too-large', 'The image is too large.', { pixels: 3e8 });
    const sent = await enclose(() => Promise.reject(refusal));
    const received = JSON.parse(JSON.stringify(sent)) as typeof sent;
    expect(v.is(errorEnvelope, received.ok ? null : received.error)).toBe(true);
    expect(() => open(received)).toThrow(refusal);
  });

  it('hands back what the work returned', async () => {
    expect(open(await enclose(() => 7))).toBe(7);
  });
});
