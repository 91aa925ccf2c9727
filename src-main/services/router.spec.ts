import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { channels } from '../../src-shared/contract/channels.ts';
import type { Channel, Handlers } from '../../src-shared/contract/channels.ts';
import { errorEnvelope } from '../../src-shared/contract/error-schemas.ts';
import { invalid, valid } from '../../tests/fixtures/schema-arbitrary.ts';
import { dispatch } from './router.ts';

const start = vi.fn(() => ({ jobId: 'j1' }));
const handlers = {
  'jobs:start': start,
  'jobs:list': () => Promise.reject(new Error('boom')),
} as unknown as Handlers;
const request = { kind: 'reconstruct', imageId: 'i1', from: 'gradient', budget: { steps: 3 } };

describe('a request', () => {
  it('that fits its schema reaches its handler', async () => {
    expect(await dispatch(handlers, 'jobs:start', request)).toEqual({ ok: true, result: { jobId: 'j1' } });
    expect(start).toHaveBeenLastCalledWith(request);
  });

  it.each([
    ['no channel', 'jobs:destroy', {}, 'unknown-channel'],
    ['an inherited name', 'toString', {}, 'unknown-channel'],
    ['the preload’s own channel', 'images:import-path', { path: '/etc/passwd' }, 'unknown-channel'],
    ['a channel that is no text', { a: 1 }, {}, 'unknown-channel'],
    ['a payload that is none', 'jobs:start', null, 'invalid-message'],
    ['a key too many', 'jobs:start', { ...request, extra: 1 }, 'invalid-message'],
    ['a number out of range', 'jobs:start', { ...request, size: 5 }, 'invalid-message'],
  ])('with %s is refused before anything looks at it', async (_, channel, payload, code) => {
    start.mockClear();
    expect(await dispatch(handlers, channel, payload)).toMatchObject({ ok: false, error: { code } });
    expect(start).not.toHaveBeenCalled();
  });

  it('whose handler throws is answered all the same', async () => {
    expect(await dispatch(handlers, 'jobs:list', {})).toMatchObject({
      ok: false,
      error: { code: 'internal', message: 'boom' },
    });
  });
});

describe.each(Object.keys(channels) as Channel[])('%s', (channel) => {
  const schema = channels[channel].request as v.GenericSchema;

  it('answers whatever its schema refuses with `invalid-message`, and no handler hears of it', () =>
    fc.assert(
      fc.asyncProperty(invalid(schema, new Map(), channel), async (payload) => {
        const handler = vi.fn();
        const answer = await dispatch({ [channel]: handler } as unknown as Handlers, channel, payload);
        expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-message' } });
        expect(v.is(errorEnvelope, (answer as { error: unknown }).error)).toBe(true);
        expect(JSON.stringify(answer).length).toBeLessThan(1000);
        expect(handler).not.toHaveBeenCalled();
      }),
      { seed: 7, numRuns: 150 },
    ));

  it('hands its handler what its schema accepts, unchanged', () =>
    fc.assert(
      fc.asyncProperty(valid(schema, new Map(), channel), async (payload) => {
        const handler = vi.fn(() => 'answer');
        const answer = await dispatch({ [channel]: handler } as unknown as Handlers, channel, payload);
        expect(answer).toEqual({ ok: true, result: 'answer' });
        expect(handler).toHaveBeenCalledExactlyOnceWith(v.parse(schema, payload));
      }),
      { seed: 7, numRuns: 50 },
    ));
});
