// `npm run test:e2e`: builds what is stale, makes sure of a Chromium, and runs the specs of this folder in it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale, root } from '../../src-main/cli/build-if-stale.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const debianChromium = '/usr/bin/chromium';

/** Where Chromium is: named by SEAMFIELD_CHROMIUM, or Debian's, installed where it is missing and may be. */
function findChromium() {
  const named = process.env['SEAMFIELD_CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  if (existsSync(debianChromium)) return debianChromium;
  const quietly = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], quietly);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quietly);
  return existsSync(debianChromium) ? debianChromium : undefined;
}

const chromium = findChromium();
if (chromium === undefined) {
  console.error(
    'The tests in a browser need Chromium: install it as /usr/bin/chromium (Debian: apt-get install chromium) ' +
      'or name it in SEAMFIELD_CHROMIUM.',
  );
  process.exit(1);
}
buildIfStale();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', join(here, 'vitest.config.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SEAMFIELD_CHROMIUM: chromium } },
);
process.exit(status ?? 1);
