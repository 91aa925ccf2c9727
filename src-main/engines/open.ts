import { availableParallelism } from 'node:os';

import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { providers } from '../../src-shared/model/training.ts';
import type { EngineName, Provider } from '../../src-shared/model/training.ts';
import type { Engine } from '../siren/engine.ts';
import { availableProviders } from './available.ts';
import { OrtEngine } from './ort-engine.ts';

export interface EngineRequest {
  readonly engine?: EngineName;
  readonly provider?: Provider;
  /** Threads to compute with; all of the machine's cores where absent. */
  readonly threads?: number;
}

/**
 * @throws `unknown-engine` saying how to install it, `unknown-provider` naming what there is, `bad-option` for a thread count below 1
 */
export async function openEngine({
  engine = 'ort',
  provider: asked,
  threads,
}: EngineRequest): Promise<Engine> {
  // Loaded where it is asked for: nobody else pays for it.
  if (engine === 'tfjs') return (await import('./tfjs/load.ts')).openTfjs(asked);
  const provider = asked ?? 'cpu';
  const available = availableProviders();
  if (!available.includes(provider)) {
    const known = (providers as readonly string[]).includes(provider)
      ? 'is not on this machine'
      : 'does not exist';
    throw new SeamfieldError(
      'unknown-provider',
      `The provider '${provider}' ${known}; use ${available.map((name) => `'${name}'`).join(' or ')}.`,
      { available },
    );
  }
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
    throw new SeamfieldError(
      'bad-option',
      `The thread count must be a whole number from 1 to 256, not ${threads}.`,
    );
  }
  return new OrtEngine(threads ?? availableParallelism());
}
