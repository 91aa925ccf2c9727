import { toast } from 'svelte-sonner';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** Tell the user what went wrong. The message is the error's own sentence; the same one is shown once. */
export function report(thrown: unknown): void {
  const { message, code } = isEnvelope(thrown) ? thrown : SeamfieldError.from(thrown);
  if (code === 'cancelled') return;
  toast.error(message, { id: `error:${message}`, duration: 8000 });
}

export function notify(message: string): void {
  toast.success(message, { duration: 3000 });
}

function isEnvelope(thrown: unknown): thrown is { message: string; code: string } {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown;
}
