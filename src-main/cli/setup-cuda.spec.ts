import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { setupCuda } from './setup-cuda.mjs';

let packageFolder = '';
beforeEach(() => void (packageFolder = mkdtempSync(join(tmpdir(), 'seamfield-cuda-'))));
afterEach(() => rmSync(packageFolder, { recursive: true }));

const folder = () => join(packageFolder, 'bin/napi-v6/linux/x64');
const library = () => join(folder(), 'libonnxruntime_providers_cuda.so');
const linux = { platform: 'linux', arch: 'x64' };

describe('setup:cuda', () => {
  it('runs the package’s own install script and sees whether the library came', () => {
    const ran: unknown[] = [];
    const run = (...call: readonly unknown[]) => {
      ran.push(call);
      mkdirSync(folder(), { recursive: true });
      writeFileSync(library(), '');
      return 0;
    };
    const { status, lines } = setupCuda({ ...linux, packageFolder, run });
    expect(status).toBe(0);
    expect(ran).toEqual([[['script/install.js', '--onnxruntime-node-install=cuda12'], packageFolder]]);
    expect(lines.join('\n')).toMatch(/cuDNN 9[^]*bench -- --only providers/);
    expect(setupCuda({ ...linux, packageFolder, run }).status).toBe(0);
    expect(ran).toHaveLength(1);
  });

  it('fails where the script does, and where it brings nothing', () => {
    expect(setupCuda({ ...linux, packageFolder, run: () => 7 })).toMatchObject({ status: 1 });
    expect(setupCuda({ ...linux, packageFolder, run: () => 0 })).toMatchObject({ status: 1 });
  });

  it('says what to use instead where there is no CUDA for the system', () => {
    const run = () => 0;
    expect(setupCuda({ platform: 'win32', arch: 'x64', packageFolder, run }).lines[0]).toMatch(/directml/);
    expect(setupCuda({ platform: 'darwin', arch: 'arm64', packageFolder, run }).status).toBe(2);
  });

  it('asks the installed script for something that it knows, and for the files that providers are looked for in', () => {
    const installed = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
    expect(existsSync(join(installed, 'script/install.js'))).toBe(true);
    expect(readFileSync(join(installed, 'script/install.js'), 'utf8')).toContain(
      '--onnxruntime-node-install=cuda12',
    );
    const metadata = createRequire(import.meta.url)(join(installed, 'script/install-metadata.js')) as {
      readonly requirements: Record<string, readonly string[]>;
      readonly manifests: Record<string, Record<string, unknown>>;
    };
    expect(metadata.requirements['linux/x64']).toContain('cuda12');
    expect(Object.keys(metadata.manifests['linux/x64:cuda12']!)).toContain(
      './libonnxruntime_providers_cuda.so',
    );
    expect(existsSync(join(installed, 'bin/napi-v6/linux/x64'))).toBe(true);
  });
});
