import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import { projectEnding } from './project-file.ts';

const letters = /^[\p{L}\p{N}_(][\p{L}\p{M}\p{N} _.,()+&'-]*$/u;
/** What Windows keeps for devices, whatever comes behind a dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * What a person typed, as the name of a file in the projects' folder, without its ending: no path leads out of it, and no
 * file is hidden. Throws `bad-option`.
 */
export function fileNameOf(typed: string): string {
  const trimmed = typed.trim();
  const name = trimmed.endsWith(projectEnding) ? trimmed.slice(0, -projectEnding.length) : trimmed;
  if (letters.test(name) && !/[. ]$/.test(name) && !device.test(name) && Buffer.byteLength(name) <= 200)
    return name;
  throw new SeamfieldError(
    'bad-option',
    'A project’s name begins with a letter or a digit and holds letters, digits, spaces and . , - _ ( ) + & alone; ' +
      'choose another one.',
  );
}
