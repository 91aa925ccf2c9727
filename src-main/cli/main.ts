/** The entry of the command line. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { providerMemoryName } from '../jobs/check-provider.ts';
import { forkLauncher } from '../jobs/fork.ts';
import { dataFolder } from './data-folder.ts';
import { exit, run } from './run.ts';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

const here = import.meta.dirname;
const { stdout, stderr } = process;
// Who read stdout may have gone (`| head`), or its disk be full: no stack trace for that, and no status 0.
stdout.once('error', ({ code, message }: NodeJS.ErrnoException) => {
  process.once('exit', () => (process.exitCode = exit.failed));
  if (code !== 'EPIPE') stderr.write(`seamfield: stdout can't be written to: ${message}.\n`);
});
stderr.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), {
  signal: interrupt.signal,
  launch: forkLauncher(join(here, 'worker.js')),
  stdout,
  stderr,
  version,
  providerMemory: join(dataFolder(process.env, process.platform, homedir()), providerMemoryName),
  folders: { rendererFolder: join(here, '../renderer'), samplesFolder: join(here, '../../assets/samples') },
});
