import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../src-shared/contract/bridge.ts';
import { ElectronTransport } from './electron.ts';

/** A preload that records what it is asked, answers `answer`, and lets the test emit events. */
function fakeBridge(answer: unknown) {
  const asked: unknown[] = [];
  const emit = new Map<string, (payload: never) => void>();
  const bridge = {
    invoke: (channel: string, payload: unknown) => (asked.push([channel, payload]), Promise.resolve(answer)),
    on: (event: string, handler: (payload: never) => void) => (emit.set(event, handler), () => undefined),
    importFile: () => Promise.resolve(answer),
  } as unknown as Bridge;
  return { bridge, asked, emit };
}

describe('the Electron transport', () => {
  it('opens the envelope of an answer', async () => {
    const { bridge, asked } = fakeBridge({ ok: true, result: { jobId: 'j' } });
    const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 1 } } as const;
    expect(await new ElectronTransport(bridge).request('jobs:start', request)).toEqual({ jobId: 'j' });
    expect(asked).toEqual([['jobs:start', request]]);
  });

  it('throws the host’s own sentence', async () => {
    const error = { code: 'unknown-handle', message: 'That photograph is no longer open.' };
    const { bridge } = fakeBridge({ ok: false, error });
    await expect(new ElectronTransport(bridge).chooseImage()).rejects.toMatchObject(error);
  });

  it('passes a checked event to every listener through one subscription', () => {
    const { bridge, emit } = fakeBridge(null);
    const transport = new ElectronTransport(bridge);
    const heard: string[] = [];
    transport.on('app:command', ({ action }) => heard.push(`1 ${action}`));
    transport.on('app:command', ({ action }) => heard.push(`2 ${action}`));
    emit.get('app:command')?.({ action: 'open' } as never);
    expect(heard).toEqual(['1 open', '2 open']);
  });
});
