/**
 * One provider in a process of its own: its self-check, and its step rate beside the CPU's, as one line of JSON. Run by
 * providers.bench.ts; a driver that crashes ends this process and not the bench.
 */
import { availableParallelism } from 'node:os';

import type { Provider } from '../src-shared/model/training.ts';
import { checkProvider } from '../src-main/engines/providers/check-provider.ts';
import { openProvider } from '../src-main/engines/providers/open-provider.ts';
import { stepRate } from '../src-main/engines/providers/race.ts';
import type { Course } from '../src-main/engines/providers/race.ts';
import { OrtEngine } from '../src-main/engines/ort-engine.ts';

const course: Course = {
  spec: { channels: 3, hidden: 256, layers: 4, omega: 30 },
  optimiser: 'muon',
  shape: { value: 2048, directional: 2048, laplacian: 0 },
};
/** What is slower than that at a small step is no GPU: the large one would take minutes and say nothing new. */
const WORTH_MEASURING = 0.05;

const [provider = 'cpu', seconds = '1'] = process.argv.slice(2);
const check = await checkProvider(provider as Provider);
let rates = {};
if (check.passed && (check.speed ?? 0) >= WORTH_MEASURING) {
  const cpu = new OrtEngine(availableParallelism());
  const device = openProvider(provider as Provider);
  rates = {
    cpu: await stepRate(cpu, course, Number(seconds)),
    device: await stepRate(device, course, Number(seconds)),
  };
  await Promise.all([cpu.dispose(), device.dispose()]);
}
process.stdout.write(`${JSON.stringify({ ...check, ...rates })}\n`);
