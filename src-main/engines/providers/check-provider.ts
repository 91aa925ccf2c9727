import { availableParallelism } from 'node:os';

import type { Provider } from '../../../src-shared/model/training.ts';
import { OrtEngine } from '../ort-engine.ts';
import { candidateProviders } from './candidates.ts';
import type { ProviderCheck } from './memory.ts';
import { openProvider } from './open-provider.ts';
import { stepRate } from './race.ts';
import type { Course } from './race.ts';
import { selfCheck } from './self-check.ts';

/** Small, so that a device which is no GPU at all (Vulkan in software) is told apart in a moment. */
const course: Course = {
  spec: { channels: 3, hidden: 128, layers: 3, omega: 30 },
  optimiser: 'muon',
  shape: { value: 512, directional: 0, laplacian: 0 },
};

/**
 * Finds out whether a provider computes right on this machine, and about how fast. To be run in a process of its own:
 * a driver that crashes takes that along. Never rejects.
 */
export async function checkProvider(provider: Provider): Promise<ProviderCheck> {
  const at = Date.now();
  if (!candidateProviders().includes(provider)) {
    return { passed: false, reason: `onnxruntime has no '${provider}' here`, at };
  }
  const cpu = new OrtEngine(1);
  const all = new OrtEngine(availableParallelism());
  const engine = openProvider(provider);
  try {
    const reason = await selfCheck(engine, cpu);
    if (reason !== undefined) return { passed: false, reason, at };
    const speed = (await stepRate(engine, course)) / (await stepRate(all, course));
    return { passed: true, speed, at };
  } catch (thrown) {
    return { passed: false, reason: firstLine(thrown), at };
  } finally {
    await Promise.all([engine, cpu, all].map((each) => each.dispose().catch(() => undefined)));
  }
}

/** onnxruntime's messages begin with the place in its source and end with what happened. */
function firstLine(thrown: unknown): string {
  const [line = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
  return line.replace(/^.* was false\. /, '').replace(/^\S*onnxruntime_src\S* /, '');
}
