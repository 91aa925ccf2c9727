/**
 * The WebGPU provider without a GPU: on SwiftShader, Vulkan in software, which Debian's chromium brings along. Slow, and
 * its sine is good to 2e-4 only (WebGPU promises 2⁻¹¹), but every operator runs as it would on a GPU.
 */
import { existsSync } from 'node:fs';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

import { describeEngine } from '../../src-main/engines/engine-contract.ts';
import { profiles } from '../../src-main/engines/providers/profile.ts';
import { ProviderEngine } from '../../src-main/engines/providers/provider-engine.ts';
import { GraphBuilder } from '../../src-main/onnx/graph-builder.ts';

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
