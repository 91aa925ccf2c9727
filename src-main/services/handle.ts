import { randomBytes } from 'node:crypto';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** A new handle: unguessable, safe in a URL. */
export function newHandle(): string {
  return randomBytes(12).toString('base64url');
}

/** The refusal of a handle that stands for nothing any more; `what` is a noun. */
export function unknownHandle(what: string, id: string): SeamfieldError {
  return new SeamfieldError('unknown-handle', `This ${what} is not there any more; open it again.`, { id });
}
