import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config, { architectures } from './electron-builder.config.ts';
import { fuses } from './fuses.ts';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');

interface Checker {
  validateConfiguration(config: unknown, debugLogger: { isEnabled: boolean }): Promise<void>;
}
/** electron-builder's own check against its scheme.json. */
const check = (candidate: unknown) =>
  (require('app-builder-lib/out/util/config/config') as Checker).validateConfiguration(candidate, {
    isEnabled: false,
  });

interface Matchers {
  FileMatcher: new (
    from: string,
    to: string,
    expand: (text: string) => string,
    patterns: unknown,
  ) => { createFilter(): (path: string, stat: { isDirectory(): boolean }) => boolean };
}

/** Whether electron-builder would pack a file of the project for a system and an architecture. */
function packs(system: 'linux' | 'mac' | 'win', arch: string, path: string): boolean {
  const { FileMatcher } = require('app-builder-lib/out/fileMatcher') as Matchers;
  const expand = (text: string) => text.replaceAll('${arch}', arch);
  const files = config[system]!.files as string[];
  // Of the packages that run, everything is taken but what is excluded.
  const excluded = ['**/*', ...files.filter((pattern) => pattern.startsWith('!'))];
  const patterns = path.startsWith('node_modules/') ? excluded : files;
  const matcher = new FileMatcher(root, '/packed', expand, patterns);
  return matcher.createFilter()(join(root, path), { isDirectory: () => false });
}

describe('the packaging', () => {
  it('is what electron-builder’s schema allows', async () => {
    await check(config);
    await expect(check({ ...config, electronFuses: { runAsNod: false } })).rejects.toThrow('electronFuses');
  });

  it('makes AppImage and deb, dmg, and an installer for Windows, for what onnxruntime has a library for', () => {
    expect(config.linux?.target).toEqual([
      { target: 'AppImage', arch: ['arm64', 'x64'] },
      { target: 'deb', arch: ['arm64', 'x64'] },
    ]);
    expect(config.mac?.target).toEqual([{ target: 'dmg', arch: architectures('darwin') }]);
    expect(config.win?.target).toEqual([{ target: 'nsis', arch: ['arm64', 'x64'] }]);
    expect(architectures('darwin')).toContain('arm64');
  });

  it.each([
    ['linux', 'x64', 'linux/x64/libonnxruntime.so.1'],
    ['linux', 'arm64', 'linux/arm64/onnxruntime_binding.node'],
    ['mac', 'arm64', 'darwin/arm64/onnxruntime_binding.node'],
    ['win', 'x64', 'win32/x64/DirectML.dll'],
    ['win', 'arm64', 'win32/arm64/onnxruntime.dll'],
  ] as const)('for %s %s takes %s and no other native of onnxruntime', (system, arch, own) => {
    const folder = 'node_modules/onnxruntime-node/bin/napi-v6';
    expect(packs(system, arch, `${folder}/${own}`)).toBe(true);
    const systems = ['linux', 'darwin', 'win32'].flatMap((name) => [`${name}/x64`, `${name}/arm64`]);
    const foreign = systems.filter((place) => !own.startsWith(`${place}/`));
    expect(foreign.filter((place) => packs(system, arch, `${folder}/${place}/any.node`))).toEqual([]);
  });

  it.each(['linux', 'mac', 'win'] as const)(
    'for %s takes what is built, and nothing else of ours',
    (system) => {
      const takes = (path: string) => packs(system, 'x64', path);
      expect(
        ['out/main/main.js', 'out/renderer/index.html', 'package.json', 'assets/samples/LICENSES.md'].map(
          takes,
        ),
      ).toEqual([true, true, true, true]);
      const kept = [
        'src-main/app/main.ts',
        'tests/fixtures/fake-electron.ts',
        'bench/run.ts',
        'packaging/fuses.ts',
        'out/main/main.js.map',
        'out/main/cli.js',
        '.npmrc',
        '.env',
        '.git/config',
        'id_rsa',
        'assets/screenshot.png',
      ];
      expect(kept.filter(takes)).toEqual([]);
    },
  );

  it('unpacks every kind of native library', () => {
    for (const ending of ['node', 'dll', 'dylib'])
      expect(JSON.stringify(config.asarUnpack)).toContain(ending);
    expect(config.asarUnpack).toEqual(
      expect.arrayContaining(['**/*.so*', 'node_modules/@img/**', 'node_modules/onnxruntime-node/bin/**']),
    );
    expect(config.asar).toBe(true);
  });

  it('burns every fuse the safe way', () => {
    expect(fuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.electronFuses).toBe(fuses);
  });

  it('knows its project files, and has an icon for every system', () => {
    expect(config.fileAssociations).toMatchObject([{ ext: 'seamfield', role: 'Editor' }]);
    const icons = [
      'icon.icns',
      'icon.ico',
      'icon.svg',
      ...[16, 32, 48, 64, 128, 256, 512, 1024].map((n) => `png/${n}x${n}.png`),
    ];
    expect(icons.filter((name) => !existsSync(join(root, 'assets/icons', name)))).toEqual([]);
  });
});
