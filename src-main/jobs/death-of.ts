import type { ExitStatus } from './port.ts';

/** What the user is told of a process that ended by itself, and what to do. */
export function deathOf({ code, signal }: ExitStatus): string {
  if (signal === 'SIGKILL') {
    return 'The training process was killed from outside, most likely because memory ran short (SIGKILL); close other programs or choose a smaller size.';
  }
  const how = signal === null ? `exit code ${String(code)}` : signal;
  return `The training process crashed (${how}); try again, with another provider or a smaller size if it happens again.`;
}
