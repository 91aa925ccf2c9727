/**
 * `npm run audit`: known high findings in the packages that ship, from the registry that npm is configured with. Exit
 * status 0: none that is not explained; 1: some; 2: the registry could not be asked, and it says so.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { verdictOn } from './audit-report.ts';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
// npm's own status says whether anything was found at all; what matters is in what it prints.
const { stdout } = spawnSync(npm, ['audit', '--omit=dev', '--json'], {
  cwd: join(import.meta.dirname, '..'),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
const { state, sentences } = verdictOn(stdout);
for (const sentence of sentences) console.log(sentence);
if (state === 'clean') console.log('No high finding in what ships that is not explained.');
process.exitCode = { clean: 0, found: 1, unknown: 2 }[state];
