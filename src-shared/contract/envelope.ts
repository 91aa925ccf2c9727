import { SeamfieldError, type ErrorEnvelope } from './errors.ts';

/** The answer to every request on every transport: errors survive JSON and structured clone alike. */
export type Envelope<T> =
  { readonly ok: true; readonly result: T } | { readonly ok: false; readonly error: ErrorEnvelope };

/** Run `work` and wrap what it returns or throws. Never rejects. */
export async function enclose<T>(work: () => T | Promise<T>): Promise<Envelope<T>> {
  try {
    return { ok: true, result: await work() };
  } catch (thrown) {
    return { ok: false, error: SeamfieldError.from(thrown).toEnvelope() };
  }
}

/** The result inside. Throws the `SeamfieldError` that the other side threw. */
export function open<T>(envelope: Envelope<T>): T {
  if (envelope.ok) return envelope.result;
  throw SeamfieldError.fromEnvelope(envelope.error);
}
