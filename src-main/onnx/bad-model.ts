import { SeamfieldError } from '../../src-shared/contract/errors.ts';

/** The refusal of a file; `fault` finishes the sentence. */
export function badModel(fault: string): SeamfieldError {
  return new SeamfieldError('bad-model', `The model can't be opened: ${fault}.`);
}
