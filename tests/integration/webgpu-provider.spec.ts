/**
 * The WebGPU provider without a GPU: on SwiftShader, Vulkan in software, which Debian's chromium brings along. Slow, and
 * its sine is good to 2e-4 only (WebGPU promises 2⁻¹¹), but every operator runs as it would on a GPU.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';

import { describeEngine } from '../../src-main/engines/engine-contract.ts';
import { profiles } from '../../src-main/engines/providers/profile.ts';
import { ProviderEngine } from '../../src-main/engines/providers/provider-engine.ts';
import { GraphBuilder } from '../../src-main/onnx/graph-builder.ts';
import { root, seamfieldWith } from './seamfield.ts';

const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (existsSync(swiftShader)) process.env['VK_DRIVER_FILES'] = swiftShader;

/** Why there is no WebGPU here; undefined where there is. */
async function obstacle(): Promise<string | undefined> {
  const graph = new GraphBuilder();
  graph.output('y', graph.sin(graph.input('x', [4])), [4]);
  try {
    await (await InferenceSession.create(graph.toBytes('try'), { executionProviders: ['webgpu'] })).release();
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

const missing = await obstacle();

describe('WebGPU on this machine', () => {
  // On a machine that is to run everything, its absence is a failure and not a reason to pass this over.
  it.runIf(process.env['SEAMFIELD_NEEDS_VULKAN'] === '1')('has a Vulkan device', () => {
    expect(missing).toBeUndefined();
  });
  it.runIf(missing !== undefined)(
    'has no Vulkan device: SKIPPED, apt-get install chromium libvulkan1',
    (context) => {
      context.skip(missing);
    },
  );
});

if (missing === undefined) {
  describeEngine('the WebGPU provider', () => new ProviderEngine(profiles.webgpu), {
    drift: [0.03, 0.03],
    value: 3e-3,
  });
}

describe.runIf(missing === undefined)('the command line with --provider webgpu', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seamfield-webgpu-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const data = join(folder, 'data');
  const job = [
    ...['reconstruct', join(root, 'assets/samples/camera.png'), '--json'],
    ...['--size', '16', '--hidden', '8', '--layers', '2', '--loss', 'integrated', '--steps', '6'],
  ];

  it('checks it in a process apart, remembers that it passed, and trains on it as the CPU does', async () => {
    const gpu = await seamfieldWith({ SEAMFIELD_DATA: data }, ...job, '--provider', 'webgpu');
    expect(gpu.stderr).not.toMatch(/seamfield:/);
    expect(gpu.status).toBe(0);
    expect(gpu.json).toMatchObject({ engine: 'ort', provider: 'webgpu', steps: 6 });
    const cpu = await seamfieldWith({ SEAMFIELD_DATA: data }, ...job, '--provider', 'cpu');
    expect(cpu.json.provider).toBe('cpu');
    expect(gpu.json.loss! / cpu.json.loss!).toBeCloseTo(1, 2);
    const memory: unknown = JSON.parse(readFileSync(join(data, 'providers.json'), 'utf8'));
    expect(memory).toMatchObject({ checks: { webgpu: { passed: true } } });
  });

  it('stays with the CPU where nobody asks: Vulkan in software is in no race', async () => {
    const run = await seamfieldWith({ SEAMFIELD_DATA: data }, ...job);
    expect(run.json.provider).toBe('cpu');
  });

  it('refuses it in one sentence where there is no device, and exits with 2', async () => {
    const nothing = { VK_DRIVER_FILES: '/nonexistent.json', SEAMFIELD_DATA: join(folder, 'other') };
    const { status, stdout, stderr } = await seamfieldWith(nothing, ...job, '--provider', 'webgpu');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^seamfield: The provider 'webgpu' can't be used on this machine \([^\n]*\); use 'cpu'\.\n$/,
    );
  });
});
