import { homedir, hostname, userInfo } from 'node:os';
import { expect, it, vi } from 'vitest';
import { open } from '../../src-shared/contract/envelope.ts';
import { inProcess } from './host-under-test.ts';
import { root } from './seamfield.ts';

interface Answer {
  readonly report: string;
}

it('a diagnostics report says what works, and nothing of whose machine it is', async () => {
  const host = await inProcess();
  const { report } = open(await host.request('app:diagnostics', {})) as Answer;
  await host.close();
  expect(report).toContain('- ok: Photographs are read in their process (512 × 512)');
  expect(report).toMatch(/- ok: A network trains and is evaluated \(10 steps, residual \d.*products/);
  expect(report).toContain('- ok: The data folder can be written to');
  expect(report).toMatch(/onnxruntime \d+\.\d+/);
  for (const secret of [root, homedir(), hostname(), `/${userInfo().username}/`])
    expect(report).not.toContain(secret);
});

it('a diagnostics report says that products are in float32 where they are to be', async () => {
  vi.stubEnv('SEAMFIELD_PRODUCTS', 'full');
  const host = await inProcess();
  const { report } = open(await host.request('app:diagnostics', {})) as Answer;
  await host.close();
  vi.unstubAllEnvs();
  expect(report).toContain('all products in float32');
});

it('a check that fails is a line of the report, and its process does not stay', async () => {
  let living = 0;
  const host = await inProcess({
    samplesFolder: root,
    launch: () => {
      living++;
      let ended: (status: { code: number; signal: null }) => void = () => undefined;
      const end = () => {
        living--;
        ended({ code: 3, signal: null });
      };
      queueMicrotask(() => queueMicrotask(end));
      return {
        send: () => undefined,
        onMessage: () => undefined,
        onExit: (handler) => (ended = handler),
        kill: () => undefined,
      };
    },
  });
  const { report } = open(await host.request('app:diagnostics', {})) as Answer;
  await host.close();
  expect(report).toContain('- FAILED: Photographs are read in their process (job-died)');
  expect(report).toContain('- FAILED: A network trains and is evaluated (job-died)');
  expect(living).toBe(0);
});
