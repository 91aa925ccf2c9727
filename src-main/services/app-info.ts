import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { AppInfo } from '../../src-shared/contract/app-schemas.ts';
import type { Provider } from '../../src-shared/model/training.ts';
import { machineInWords } from '../jobs/machine.ts';
import type { Ports } from './ports.ts';

/** Versions and machine, for the status bar and for bug reports. */
export function appInfo({ host, version }: Pick<Ports, 'host' | 'version'>, providers: Provider[]): AppInfo {
  return {
    version,
    host,
    engine: 'ort',
    providers,
    threads: availableParallelism(),
    machine: machineInWords(),
    versions: versions(),
  };
}

function versions(): Record<string, string> {
  const { node, electron } = process.versions;
  const found = { node, electron, onnxruntime: versionOf('onnxruntime-node'), sharp: versionOf('sharp') };
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The version in a package's own manifest, which `exports` may hide from `require`. */
function versionOf(name: string): string | undefined {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of paths) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
        return String(manifest.version);
    } catch {
      // Not in this folder: the next one up may have it.
    }
  }
  return undefined;
}
