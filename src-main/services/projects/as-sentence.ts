import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { reasonOf } from '../../disk/disk.ts';

/** Whatever went wrong with files as a sentence; what is a sentence already stays what it is. */
export function asSentence(cause: unknown, what: string): SeamfieldError {
  if (cause instanceof SeamfieldError) return cause;
  if (cause instanceof RangeError) return new SeamfieldError('size-mismatch', `${what}: ${cause.message}`);
  return new SeamfieldError('unwritable-output', `${what}: ${reasonOf(cause)}.`);
}
