import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ExitStatus } from './port.ts';

/** What the user is told of a process that ended by itself, and what to do. */
export function deathOf({ code, signal }: ExitStatus): string {
  if (signal === 'SIGKILL') {
    return 'The process that works on it was killed from outside, most likely because memory ran short (SIGKILL); close other programs or choose a smaller size.';
  }
  if (code === null && signal === null) {
    return 'The process that works on it could not be started; close other programs, then try again.';
  }
  const how = signal === null ? `exit code ${String(code)}` : signal;
  return `The process that works on it crashed (${how}); try again, with another provider or a smaller size if it happens again.`;
}

/** Of a process that was ended because nothing was heard of it any more; `silent` among its details says so. */
export function fellSilent(): SeamfieldError {
  return new SeamfieldError(
    'job-died',
    'The process that works on it did not answer any more and was ended; try again.',
    { silent: true },
  );
}

/** Of a process that was ended because it took more memory than one may. */
export function outgrown(bytes: number): SeamfieldError {
  const gibibytes = Number((bytes / 2 ** 30).toPrecision(2));
  return new SeamfieldError(
    'out-of-memory',
    `This takes more memory than this machine can spare (it had come to ${gibibytes} GiB), and was ended before it filled it; ` +
      'choose a smaller size or a smaller picture, or close other programs.',
    { bytes },
  );
}
