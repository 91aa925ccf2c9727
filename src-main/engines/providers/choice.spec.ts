import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import type { Provider } from '../../../src-shared/model/training.ts';
import type { Engine, Training } from '../../siren/engine.ts';
import { OrtEngine } from '../ort-engine.ts';
import { openEngine } from '../open.ts';
import { candidateProviders } from './candidates.ts';
import { fastestProvider } from './choice.ts';
import { ProviderMemory } from './memory.ts';
import { openProvider } from './open-provider.ts';
import type { Course } from './race.ts';
import { selfCheck } from './self-check.ts';
import { profiles } from './profile.ts';
import { ProviderEngine } from './provider-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamfield-choice-'));
afterAll(() => rmSync(folder, { recursive: true }));

const course: Course = {
  spec: { channels: 1, hidden: 64, layers: 2, omega: 5 },
  optimiser: 'muon',
  shape: { value: 256, directional: 0, laplacian: 0 },
};

/** An engine that says how its steps went without taking any: at once, or never. */
function pretender(provider: Provider, fails: boolean, opened: Provider[]): Engine {
  opened.push(provider);
  const training = {
    program: () =>
      Promise.resolve({
        batches: [],
        flopsPerStep: 0,
        run: () =>
          fails
            ? Promise.reject(new Error('out of memory'))
            : Promise.resolve(
                Array.from({ length: 1e6 }, () => ({ value: 0, directional: 0, laplacian: 0 })),
              ),
      }),
    dispose: () => Promise.resolve(),
  } as unknown as Training;
  return {
    name: 'ort',
    provider,
    threads: 1,
    train: () => Promise.resolve(training),
    evaluate: () => Promise.reject(new Error('not asked for')),
    dispose: () => Promise.resolve(),
  };
}

let files = 0;
function memoryOf(...contenders: Provider[]): ProviderMemory {
  const memory = new ProviderMemory(join(folder, `${files++}.json`), 'here');
  for (const provider of contenders) memory.remember(provider, { passed: true, speed: 1, at: 0 });
  return memory;
}

describe('choosing the fastest provider', () => {
  it('races the contenders once and remembers the winner for jobs of that shape', async () => {
    const memory = memoryOf('webgpu', 'cuda');
    const opened: Provider[] = [];
    const open = (provider: Provider) => pretender(provider, provider === 'webgpu', opened);
    expect((await fastestProvider(course, 1, memory, open)).provider).toBe('cuda');
    expect(opened).toEqual(['webgpu', 'cuda']);
    expect((await fastestProvider(course, 1, memory, open)).provider).toBe('cuda');
    expect(opened).toEqual(['webgpu', 'cuda', 'cuda']);
  });

  it('stays with the CPU where a contender fails at the job’s own shape', async () => {
    const memory = memoryOf('webgpu');
    const engine = await fastestProvider(course, 1, memory, (provider) => pretender(provider, true, []));
    expect(engine.provider).toBe('cpu');
    await engine.dispose();
  });

  it('asks nothing of anybody where only the CPU is known', async () => {
    const engine = await openEngine({ threads: 1, course, providerMemory: join(folder, 'none.json') });
    expect(engine.provider).toBe('cpu');
    await engine.dispose();
  });

  it('refuses what onnxruntime has not on this system, with what to do', async () => {
    const absent = (['cuda', 'directml', 'coreml'] as const).find(
      (provider) => !candidateProviders().includes(provider),
    )!;
    await expect(openEngine({ provider: absent })).rejects.toMatchObject({
      code: 'unknown-provider',
      message: expect.stringMatching(`'${absent}' is not on this machine;.*'cpu'`) as string,
    });
  });
});

describe('the candidates', () => {
  it('are what onnxruntime-node has for each system; CUDA where its libraries were fetched', () => {
    expect(candidateProviders('win32', 'x64')).toEqual(['webgpu', 'directml']);
    expect(candidateProviders('darwin', 'arm64')).toEqual(['webgpu', 'coreml']);
    expect(candidateProviders('linux', 'x64', () => false)).toEqual(['webgpu']);
    expect(candidateProviders('linux', 'x64', () => true)).toEqual(['webgpu', 'cuda']);
    expect(candidateProviders('linux', 'arm64', () => true)).toEqual([]);
  });

  it('keep float32 on CUDA, whose products would be rounded to TF32', () => {
    const before = process.env['NVIDIA_TF32_OVERRIDE'];
    delete process.env['NVIDIA_TF32_OVERRIDE'];
    openProvider('cuda');
    expect(process.env['NVIDIA_TF32_OVERRIDE']).toBe('0');
    if (before === undefined) delete process.env['NVIDIA_TF32_OVERRIDE'];
    else process.env['NVIDIA_TF32_OVERRIDE'] = before;
  });
});

describe('the self-check', () => {
  const cpu = new OrtEngine(1);
  afterAll(() => cpu.dispose());

  it('passes an engine that computes the same', async () => {
    const engine = new ProviderEngine({ ...profiles.cpu, slabRows: 128, trigonometry: 'narrowed' });
    expect(await selfCheck(engine, cpu)).toBeUndefined();
    await engine.dispose();
  });

  it('fails an engine whose steps, or whose evaluation, are wrong', async () => {
    const wrongStep: Engine = {
      name: 'ort',
      provider: 'webgpu',
      threads: 1,
      train: (spec, _, parameters) => cpu.train(spec, 'adam', parameters),
      evaluate: (...args) => cpu.evaluate(...args),
      dispose: () => Promise.resolve(),
    };
    expect(await selfCheck(wrongStep, cpu)).toMatch(/one training step learned.*from the CPU's/);
    const wrongView: Engine = {
      ...wrongStep,
      train: (...args) => cpu.train(...args),
      evaluate: async (...args) => {
        const found = await cpu.evaluate(...args);
        return { ...found, laplacian: found.laplacian!.map((value) => value * 1.01) };
      },
    };
    expect(await selfCheck(wrongView, cpu)).toMatch(/the network's laplacian/);
  });
});
