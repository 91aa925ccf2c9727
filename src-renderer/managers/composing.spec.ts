import { expect, it, vi } from 'vitest';
import { limits } from '../../src-shared/contract/limits.ts';
import type { Composition } from '../stores/composition.svelte.ts';
import type { Layer } from '../stores/layer.ts';
import type { Session } from '../stores/session.svelte.ts';
import type { Transport } from '../transport/transport.ts';
import { Composing } from './composing.ts';

it('a layer more than can be blended is refused before anything is opened for it', async () => {
  const layers = Array.from({ length: limits.cloneLayers[1] }, () => ({}) as Layer);
  const request = vi.fn(() => Promise.reject(new Error('asked')));
  const composing = new Composing(
    { request } as unknown as Transport,
    { busy: false } as Session,
    { layers } as unknown as Composition,
    () => Promise.resolve(),
  );
  const refused = /at most 32 layers/;
  await expect(composing.openSample('source', 'moon')).rejects.toThrow(refused);
  expect(() => composing.duplicate(layers[0]!)).toThrow(refused);
  expect(request).not.toHaveBeenCalled();
  await expect(composing.openSample('target', 'moon')).rejects.toThrow('asked');
});
