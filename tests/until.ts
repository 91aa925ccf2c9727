import { vi } from 'vitest';

/**
 * Resolves with what `check` comes to once it no longer throws. A machine under load takes its time; what never comes
 * fails with what was thrown last.
 */
export function until<T>(check: () => T | Promise<T>, interval = 20): Promise<T> {
  return vi.waitFor(check, { timeout: 300_000, interval });
}
