import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import { candidateProviders } from '../engines/providers/candidates.ts';
import type { ProviderCheck } from '../engines/providers/memory.ts';
import type { ExitStatus, Launch } from '../jobs/port.ts';
import type { FromWorker } from '../jobs/protocol.ts';
import { Providers } from './providers.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seamfield-providers-'));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const candidates = candidateProviders();

/** A host whose check processes answer with a verdict, and what it was told. */
function host(verdict: Pick<ProviderCheck, 'passed'>) {
  const told: EventMessage[] = [];
  let launched = 0;
  const launch: Launch = () => {
    launched++;
    let tell: (message: FromWorker) => void = () => undefined;
    let exit: (status: ExitStatus) => void = () => undefined;
    return {
      send(message) {
        if (message.type === 'cancel') exit({ code: 0, signal: null });
        if (message.type !== 'ask') return;
        tell({
          type: 'answer',
          id: message.id,
          envelope: { ok: true, result: { ...verdict, at: Date.now() } },
        });
      },
      onMessage: (handler) => (tell = handler),
      onExit: (handler) => (exit = handler),
      kill: () => exit({ code: null, signal: 'SIGKILL' }),
    };
  };
  const emit = (message: EventMessage) => void told.push(message);
  return { launch, emit, told, launched: () => launched };
}

const rest = () => vi.advanceTimersByTimeAsync(60_000);

describe.runIf(candidates.length > 0)('the providers of a machine', () => {
  it('are the CPU’s until the app has come to rest; what passes then is told and remembered', async () => {
    const parts = host({ passed: true });
    const providerMemory = join(folder, 'providers.json');
    const providers = new Providers({ ...parts, providerMemory });
    providers.lookSoon();
    await vi.advanceTimersByTimeAsync(100);
    expect(parts.launched()).toBe(0);
    expect(providers.known).toEqual(['cpu']);
    await rest();
    expect(providers.known).toEqual(['cpu', ...candidates]);
    expect(parts.told.at(-1)).toEqual({ event: 'app:providers', payload: { providers: providers.known } });

    const next = host({ passed: true });
    const again = new Providers({ ...next, providerMemory });
    expect(again.known).toEqual(['cpu', ...candidates]);
    again.lookSoon();
    await rest();
    expect(next.launched()).toBe(0);
    await Promise.all([providers.close(), again.close()]);
  });

  it('say nothing of one that failed', async () => {
    const parts = host({ passed: false });
    const providers = new Providers({ ...parts, providerMemory: join(folder, 'providers.json') });
    providers.lookSoon();
    await rest();
    expect(parts.launched()).toBe(candidates.length);
    expect(parts.told).toEqual([]);
    expect(providers.known).toEqual(['cpu']);
  });

  it('are not looked for where nothing can be remembered, or once the app closes', async () => {
    const parts = host({ passed: true });
    const forgetful = new Providers(parts);
    forgetful.lookSoon();
    const closed = new Providers({ ...parts, providerMemory: join(folder, 'providers.json') });
    closed.lookSoon();
    await closed.close();
    await rest();
    expect(parts.launched()).toBe(0);
  });
});
