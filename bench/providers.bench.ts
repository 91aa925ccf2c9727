import { candidateProviders } from '../src-main/engines/providers/candidates.ts';
import type { Provider } from '../src-shared/model/training.ts';
import type { Bench } from './bench.ts';
import { runChild } from './child.ts';
import { figure } from './floor.ts';
import { lastJsonLine } from './json-line.ts';

/** Every provider beside the CPU's, and where each can be measured. */
const everywhere: readonly (readonly [provider: Provider, where: string])[] = [
  ['webgpu', 'Linux, Windows or macOS with a GPU'],
  ['cuda', 'Linux with an NVIDIA GPU, after npm run setup:cuda'],
  ['directml', 'Windows'],
  ['coreml', 'macOS on Apple silicon'],
];

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const times = (ratio: number | undefined) => (ratio === undefined ? '–' : `${figure(ratio)} ×`);

export const providerRates: Bench = {
  name: 'providers',
  claim:
    "each of onnxruntime's providers on this machine: its self-check, and its step rate against the CPU's",
  async run({ signal, secondsScale }) {
    const rows: string[][] = [];
    const notes: string[] = [];
    const figures: Record<string, unknown> = {};
    const candidates = candidateProviders();
    for (const [provider, where] of everywhere) {
      if (!candidates.includes(provider)) {
        notes.push(
          `${provider} is not measured here; npm run bench -- --only providers measures it on: ${where}.`,
        );
        continue;
      }
      const argv = ['--import', 'tsx', 'bench/provider-child.ts', provider, String(2 * secondsScale)];
      const found = await runChild(signal, process.execPath, argv).then(lastJsonLine, (thrown: unknown) => {
        signal.throwIfAborted();
        return { passed: false, reason: thrown instanceof Error ? thrown.message : String(thrown) };
      });
      figures[provider] = found;
      const { passed, reason, speed, cpu, device } = found as Record<string, unknown>;
      const rates = [number(device), number(cpu)] as const;
      rows.push([
        provider,
        passed === true ? 'passed' : `not passed: ${String(reason)}`,
        times(number(speed)),
        figure(rates[0]),
        figure(rates[1]),
        times(rates[0] !== undefined && rates[1] !== undefined ? rates[0] / rates[1] : undefined),
      ]);
    }
    return {
      tables: [
        {
          title: 'Providers against the CPU, all of its threads',
          columns: [
            'Provider',
            'Self-check',
            'Small step (width 128, 512 rows)',
            'Steps/s (width 256, 2048 + 2048 rows)',
            'CPU steps/s',
            'Ratio',
          ],
          rows,
        },
      ],
      notes,
      figures,
    };
  },
};
