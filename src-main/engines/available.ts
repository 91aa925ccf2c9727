import type { Provider } from '../../src-shared/model/training.ts';

/** Providers that can train on this machine. Apart from the engines, so that a host may ask without loading one. */
export function availableProviders(): readonly Provider[] {
  return ['cpu'];
}
