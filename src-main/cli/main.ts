/** The entry of the command line. */
import { join } from 'node:path';
import { version } from '../../package.json';
import { forkLauncher } from '../jobs/fork.ts';
import { run } from './run.ts';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

const { signal } = interrupt;
const launch = forkLauncher(join(import.meta.dirname, 'worker.js'));
const { stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { signal, launch, stdout, stderr }, version);
