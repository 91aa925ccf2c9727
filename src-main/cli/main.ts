/** The entry of the command line. */
import { join } from 'node:path';
import { version } from '../../package.json';
import { forkLauncher } from '../jobs/fork.ts';
import { run } from './run.ts';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

const here = import.meta.dirname;
const { stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), {
  signal: interrupt.signal,
  launch: forkLauncher(join(here, 'worker.js')),
  stdout,
  stderr,
  version,
  folders: { rendererFolder: join(here, '../renderer'), samplesFolder: join(here, '../../assets/samples') },
});
