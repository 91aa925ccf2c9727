import { throwIfAborted } from './abort.ts';

/**
 * Work in steps of some milliseconds each, at whose end it may be left: whoever drives it decides what happens between
 * them. Its own `finally` runs when it is left.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All of it at once. @throws SeamfieldError `cancelled` between steps once the signal is aborted. */
export function atOnce<Result>(signal: AbortSignal, steps: Steps<Result>): Result {
  for (const driven = driving(signal, steps); ;) {
    const result = driven();
    if (result !== undefined) return result.value;
  }
}

/**
 * Does steps until so many milliseconds are over, then lets `turn` go by, again and again to the end.
 *
 * @throws SeamfieldError `cancelled` between steps once the signal is aborted.
 */
export async function inTurns<Result>(
  signal: AbortSignal,
  steps: Steps<Result>,
  turn: () => Promise<unknown>,
  perTurn = 8,
): Promise<Result> {
  const driven = driving(signal, steps);
  for (let from = performance.now(); ;) {
    const result = driven();
    if (result !== undefined) return result.value;
    if (performance.now() - from < perTurn) continue;
    await turn();
    from = performance.now();
  }
}

/** Does one step, and tells the result once there is one. */
function driving<Result>(signal: AbortSignal, steps: Steps<Result>): () => { value: Result } | undefined {
  return () => {
    try {
      throwIfAborted(signal);
    } catch (thrown) {
      steps.return(undefined as never);
      throw thrown;
    }
    const { done, value } = steps.next();
    return done === true ? { value } : undefined;
  };
}
