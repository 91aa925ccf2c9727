import { availableParallelism } from 'node:os';

import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { providers } from '../../src-shared/model/training.ts';
import type { EngineName, Provider } from '../../src-shared/model/training.ts';
import type { Engine } from '../siren/engine.ts';
import { ProviderMemory } from './providers/memory.ts';
import type { Course } from './providers/race.ts';

export interface EngineRequest {
  readonly engine?: EngineName;
  /** Absent: the fastest at `course` of those known to compute right here, the CPU where none is known. */
  readonly provider?: Provider;
  /** Threads to compute with; all of the machine's cores where absent. */
  readonly threads?: number;
  /** The file that remembers what is known of this machine's providers. */
  readonly providerMemory?: string;
  /** What the engine is to run. */
  readonly course?: Course;
}

/**
 * @throws `unknown-engine` saying how to install it, `unknown-provider` saying why it can't be used, `bad-option` for a
 *   thread count below 1
 */
export async function openEngine(request: EngineRequest): Promise<Engine> {
  const { engine = 'ort', provider: asked, threads = availableParallelism(), course } = request;
  // Engines and providers are loaded where they are asked for: who only looks at photographs pays for none.
  if (engine === 'tfjs') return (await import('./tfjs/load.ts')).openTfjs(asked);
  if (asked !== undefined && !(providers as readonly string[]).includes(asked)) {
    throw new SeamfieldError(
      'unknown-provider',
      `The provider '${String(asked)}' does not exist; use 'cpu'.`,
    );
  }
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
    throw new SeamfieldError(
      'bad-option',
      `The thread count must be a whole number from 1 to 256, not ${threads}.`,
    );
  }
  const onCpu = async () => new (await import('./ort-engine.ts')).OrtEngine(threads);
  if (asked === 'cpu') return onCpu();
  const memory = new ProviderMemory(request.providerMemory);
  if (asked === undefined && (course === undefined || memory.contenders().length === 0)) {
    return onCpu();
  }
  const choice = await import('./providers/choice.ts');
  return asked === undefined
    ? choice.fastestProvider(course!, threads, memory)
    : choice.requiredProvider(asked, memory);
}
