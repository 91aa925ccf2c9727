import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metrics } from '../../src-shared/model/metrics.ts';

export const root = join(import.meta.dirname, '../..');
export const built = (path: string) => join(root, 'out', path);

/** The addresses of the scripts that the built page runs beside its own thread. */
export async function builtWorkers(): Promise<string[]> {
  const parts = await readdir(built('renderer/assets'));
  return parts.filter((name) => /-worker-[\w-]+\.js$/.test(name)).map((name) => `/assets/${name}`);
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of stdout, where that is JSON. */
  readonly json: Metrics;
}

/** Runs the built command line, as on a machine where nothing was kept. */
export const seamfield = (...args: string[]): Promise<Run> =>
  seamfieldWith({ SEAMFIELD_DATA: '/nonexistent/seamfield' }, ...args);

/** The same with variables of its environment set. */
export async function seamfieldWith(variables: Record<string, string>, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [built('main/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const [status] = (await once(child, 'close')) as [number | null];
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return { status, stdout, stderr, json: (last.startsWith('{') ? JSON.parse(last) : {}) as Metrics };
}
