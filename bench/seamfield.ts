import { join } from 'node:path';

import type { Metrics } from '../src-shared/model/metrics.ts';
import { root, runChild } from './child.ts';
import { lastJsonLine } from './json-line.ts';

/** A sample photograph's path. */
export const sample = (name: string) => join(root, 'assets/samples', name);

/**
 * Runs a training by the command line in a process of its own, with `--json`, on the CPU whatever else the app has
 * found. @returns what it reports
 */
export async function seamfield(signal: AbortSignal, ...argv: readonly string[]): Promise<Metrics> {
  const launch = join(root, 'src-main/cli/launch.mjs');
  return lastJsonLine(
    await runChild(signal, process.execPath, [launch, ...argv, '--provider', 'cpu', '--json']),
  );
}
