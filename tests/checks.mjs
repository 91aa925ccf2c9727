// `npm run checks`: types, svelte-check, lint and formatting, as many at a time as there are cores. What one of them
// has to say is shown once it is over. Plain JavaScript: it runs before anything is built.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The scripts of package.json, those that take longest first. */
const waiting = ['lint', 'check', 'typecheck', 'format:check'];

/** Resolves with whether the script passed. */
function run(script) {
  const began = performance.now();
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  return new Promise((resolve) => {
    child.on('error', (error) => (said += `${error.message}\n`));
    child.on('close', (status) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${status === 0 ? 'passed' : 'FAILED'} ${script}, ${seconds} s`);
      if (status !== 0) console.log(said);
      resolve(status === 0);
    });
  });
}

async function runWaiting() {
  let passed = true;
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
    passed = (await run(script)) && passed;
  }
  return passed;
}

const lanes = Array.from({ length: Math.min(availableParallelism(), waiting.length) }, runWaiting);
if ((await Promise.all(lanes)).includes(false)) process.exitCode = 1;
