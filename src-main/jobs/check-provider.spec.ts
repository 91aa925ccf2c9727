import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { candidateProviders } from '../engines/providers/candidates.ts';
import { ProviderMemory } from '../engines/providers/memory.ts';
import type { ProviderCheck } from '../engines/providers/memory.ts';
import { checkApart, requireProvider } from './check-provider.ts';
import type { ExitStatus, Launch } from './port.ts';
import type { FromWorker } from './protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamfield-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that answers a check with a verdict, or dies of it; `asked` counts. */
function launching(verdict: ProviderCheck | 'crash'): { launch: Launch; asked: () => number } {
  let count = 0;
  const launch: Launch = () => {
    let tell: (message: FromWorker) => void = () => undefined;
    let exit: (status: ExitStatus) => void = () => undefined;
    return {
      send(message) {
        if (message.type === 'cancel') return exit({ code: 0, signal: null });
        if (message.type !== 'ask') return;
        count++;
        if (verdict === 'crash') return exit({ code: null, signal: 'SIGSEGV' });
        tell({ type: 'answer', id: message.id, envelope: { ok: true, result: verdict } });
      },
      onMessage: (handler) => (tell = handler),
      onExit: (handler) => (exit = handler),
      kill: () => exit({ code: null, signal: 'SIGKILL' }),
    };
  };
  return { launch, asked: () => count };
}

const never = new AbortController().signal;
const passed: ProviderCheck = { passed: true, speed: 2, at: 1 };
const candidate = candidateProviders()[0];

describe('checking a provider in a process apart', () => {
  it('hands on the verdict', async () => {
    expect(await checkApart(launching(passed).launch, 'webgpu')).toEqual(passed);
  });

  it('takes a crash for a verdict', async () => {
    expect(await checkApart(launching('crash').launch, 'webgpu')).toMatchObject({
      passed: false,
      reason: 'its driver crashed',
    });
  });
});

describe.runIf(candidate !== undefined)('requiring a provider', () => {
  it('checks it once and remembers that it passed', async () => {
    const path = join(folder, 'passes.json');
    const { launch, asked } = launching(passed);
    await requireProvider(never, launch, candidate!, path);
    await requireProvider(never, launch, candidate!, path);
    expect(asked()).toBe(1);
    expect(new ProviderMemory(path).passed()).toEqual([candidate]);
  });

  it('refuses one that fails or crashes, with the reason, and asks again the next time', async () => {
    const path = join(folder, 'fails.json');
    const crash = launching('crash');
    for (let i = 0; i < 2; i++) {
      await expect(requireProvider(never, crash.launch, candidate!, path)).rejects.toMatchObject({
        code: 'unknown-provider',
        isBadInput: true,
        message: `The provider '${candidate}' can't be used on this machine (its driver crashed); use 'cpu'.`,
      });
    }
    expect(crash.asked()).toBe(2);
  });

  it('starts no process for the CPU, or for what this system has not', async () => {
    const { launch, asked } = launching(passed);
    await requireProvider(never, launch, 'cpu', undefined);
    const absent = (['directml', 'coreml'] as const).find((name) => !candidateProviders().includes(name))!;
    await expect(requireProvider(never, launch, absent, undefined)).rejects.toThrow(/not on this machine/);
    expect(asked()).toBe(0);
  });
});
