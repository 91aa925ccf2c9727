import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** @throws SeamfieldError `cancelled` once the signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SeamfieldError('cancelled', 'The exact solution was cancelled.');
}
