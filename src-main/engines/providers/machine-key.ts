import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release } from 'node:os';
import { join } from 'node:path';

/** Grows when the check itself changes, so that old verdicts are forgotten. */
const CHECK_VERSION = 1;

/** Variables that decide which graphics drivers are found. */
const driverVariables = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'CUDA_VISIBLE_DEVICES'];

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Vendor and device of each graphics adapter, and the driver's version, where the system says so in files (Linux). */
function adapters(): string[] {
  const folder = '/sys/class/drm';
  let cards: string[] = [];
  try {
    cards = readdirSync(folder).filter((name) => /^card\d+$/.test(name));
  } catch {
    // No such folder: another system, or no adapter.
  }
  const ids = cards.sort().map((card) => {
    const id = (part: string) => contentOf(join(folder, card, 'device', part));
    return `${id('vendor')}:${id('device')}`;
  });
  return [...ids, contentOf('/proc/driver/nvidia/version').split('\n')[0]!];
}

/** What a verdict on a provider depends on: versions, processor, adapters. Another key, and everything is found out anew. */
export function machineKey(): string {
  const require = createRequire(import.meta.url);
  const { version } = require('onnxruntime-node/package.json') as { version: string };
  return [
    `check ${CHECK_VERSION}`,
    `onnxruntime ${version}`,
    `${process.platform} ${process.arch} ${release()}`,
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? ''}`,
    ...adapters(),
    ...driverVariables.map((name) => `${name}=${process.env[name] ?? ''}`),
  ].join('; ');
}
