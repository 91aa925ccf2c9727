import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program to its end. @returns what it wrote to stdout
 *
 * Throws with the last line of its stderr where it ends with another status than 0.
 */
export async function runChild(
  signal: AbortSignal,
  program: string,
  argv: readonly string[],
): Promise<string> {
  const child = spawn(program, argv, { cwd: root, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<string | undefined>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, killedBy) =>
      resolve(code === 0 ? undefined : killedBy === null ? `status ${code}` : killedBy),
    );
  });
  if (status === undefined) return stdout;
  const reason = stderr.trimEnd().split('\n').at(-1) ?? '';
  throw new Error(`${program} ended with ${status}: ${reason}`);
}
