import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

import type { Provider } from '../../../src-shared/model/training.ts';
import { checkProvider } from '../../engines/providers/check-provider.ts';
import type { ProviderCheck } from '../../engines/providers/memory.ts';

/**
 * Checks a provider with this process's stderr shut: graphics drivers complain there in words of their own, and what is
 * to be said of them the verdict says. For a process that does nothing else.
 */
export function mutedCheck(provider: Provider): Promise<ProviderCheck> {
  try {
    closeSync(2);
    // The lowest free descriptor is the one just closed.
    openSync(devNull, 'w');
  } catch {
    // Then they are heard.
  }
  return checkProvider(provider);
}
