// `npm start`: the app in Electron where that is or can be had, otherwise in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale, root } from './build-if-stale.mjs';

/** A download that takes longer than this is given up, ms. */
const patience = 180_000;
/** An Electron that ends badly within so many ms could not start at all. */
const startup = 5000;

/** The folder of the electron package, which is never imported: that alone would start a download. */
function electronPackage() {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

function binaryOf(folder) {
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8') : 'electron';
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

function hasScreen() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** Electron's binary, fetched if need be, or why there is none. */
function findElectron() {
  if (!hasScreen()) return { why: 'There is no screen for a window' };
  const folder = electronPackage();
  if (folder === undefined) return { why: 'Electron is not installed' };
  const there = binaryOf(folder);
  if (there !== undefined) return { binary: there };
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined) {
    process.stderr.write('seamfield: Fetching Electron, once.\n');
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: patience });
  }
  const fetched = binaryOf(folder);
  return fetched === undefined ? { why: 'Electron is not here and can’t be fetched' } : { binary: fetched };
}

/** Runs the app. Resolves with its exit status, or undefined where it could not start. */
function runElectron(binary) {
  const begun = Date.now();
  const child = spawn(binary, [root], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve) => {
    const end = (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.on('error', () => end(undefined));
    child.on('exit', (code) => end(code !== 0 && Date.now() - begun < startup ? undefined : (code ?? 1)));
  });
}

buildIfStale();
const { binary, why = 'Electron could not start' } = findElectron();
const status = binary === undefined ? undefined : await runElectron(binary);
if (status !== undefined) process.exit(status);
process.stderr.write(`seamfield: ${why}; the app opens in your browser instead, at this address:\n`);
process.argv = [process.argv[0], join(root, 'out/main/cli.js'), 'serve', '--open'];
await import(pathToFileURL(join(root, 'out/main/cli.js')).href);
