// Builds out/ where it is missing or older than what it is built from. Plain JavaScript: it runs before any build.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const out = join(root, 'out');
const stamp = join(out, 'built');
const lock = join(root, 'node_modules', '.seamfield-build');
const sources = [
  'src-main',
  'src-renderer',
  'src-shared',
  'packaging',
  'package-lock.json',
  'electron.vite.config.ts',
];

/** The latest change of a file or of anything under a folder, ms since 1970. */
function changed(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce(
    (latest, name) => Math.max(latest, changed(join(path, name))),
    info.mtimeMs,
  );
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  return sources.every((path) => changed(join(root, path)) <= built);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One build at a time: true where the lock is ours, false once another's build is over. */
function takeLock() {
  const owner = join(lock, 'pid');
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(owner, String(process.pid));
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    if (!existsSync(lock)) return false;
    const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0;
    if (pid > 0 && !isAlive(pid)) rmSync(lock, { recursive: true, force: true });
  }
}

function build() {
  const begun = new Date();
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`The build failed.\n${stdout}${stderr}`);
  }
  // Dated by its beginning, so that a source saved in the meantime counts as newer.
  writeFileSync(stamp, `${begun.toISOString()}\n`);
  utimesSync(stamp, begun, begun);
}

/** Makes sure that out/ is what the sources say. Throws where they can't be built. */
export function buildIfStale() {
  while (!isFresh()) {
    if (!takeLock()) continue;
    try {
      if (!isFresh()) build();
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
    // Nothing is fresher than what was just built, whatever a source's date says: it may lie ahead.
    return;
  }
}
