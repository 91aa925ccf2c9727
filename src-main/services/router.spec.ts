import { describe, expect, it, vi } from 'vitest';
import type { Handlers } from '../../src-shared/contract/channels.ts';
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
