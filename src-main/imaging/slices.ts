import { setImmediate as nextTurn } from 'node:timers/promises';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** Throws `cancelled` where the signal has been raised; `doing` completes "… was cancelled". */
export function throwIfCancelled(signal: AbortSignal, doing: string): void {
  if (signal.aborted) throw new SeamfieldError('cancelled', `${doing} was cancelled.`);
}

/**
 * Does `work` on 0…count-1 in slices, so that whoever waits for the event loop is not kept waiting by a large image.
 *
 * `perSlice` should come to about 10 ms. Throws `cancelled` between slices.
 */
export async function inSlices(
  signal: AbortSignal,
  doing: string,
  count: number,
  perSlice: number,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < count; from += perSlice) {
    throwIfCancelled(signal, doing);
    work(from, Math.min(from + perSlice, count));
    await nextTurn();
  }
  throwIfCancelled(signal, doing);
}
