import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** Throws `cancelled` where the signal has been raised; `doing` completes "… was cancelled". */
export function throwIfCancelled(signal: AbortSignal, doing: string): void {
  if (signal.aborted) throw new SeamfieldError('cancelled', `${doing} was cancelled.`);
}
