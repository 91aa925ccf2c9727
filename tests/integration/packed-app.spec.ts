/**
 * The app as electron-builder packs it for this system, around a stand-in for Electron's executable: what is in the
 * archive, what lies beside it, and which fuses are burnt. What the real executable does with it is not tested here.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './seamfield.ts';

const run = promisify(execFile);
/** What stands in front of the fuses in Electron's executable (@electron/fuses, constants.ts). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly dev?: boolean;
        readonly devOptional?: boolean;
        readonly optional?: boolean;
        readonly peer?: boolean;
      }
    >
  >;
}

// AppImage and deb want tools that electron-builder downloads; the folder that they are made of wants none.
describe.runIf(process.platform === 'linux')('the app packed for Linux', () => {
  let folder: string;
  let resources: string;
  let packed: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seamfield-packed-'));
    const dist = join(folder, 'electron');
    await mkdir(join(dist, 'resources'), { recursive: true });
    const wire = [
      Buffer.alloc(64),
      Buffer.from(sentinel),
      Buffer.from([1, 8]),
      Buffer.from('10110010'),
      Buffer.alloc(64),
    ];
    await writeFile(join(dist, 'electron'), Buffer.concat(wire));
    await chmod(join(dist, 'electron'), 0o755);
    const { version } = JSON.parse(
      await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'),
    ) as { version: string };
    await writeFile(join(dist, 'version'), version);
    await run(
      process.execPath,
      [
        join(root, 'node_modules/electron-builder/cli.js'),
        ...['--linux', 'dir', `--${process.arch}`, '--config', 'packaging/electron-builder.config.ts'],
        `-c.electronDist=${dist}`,
        `-c.directories.output=${join(folder, 'dist')}`,
      ],
      { cwd: root, maxBuffer: 2 ** 26 },
    );
    const [unpacked = ''] = (await readdir(join(folder, 'dist'))).filter((name) => name.endsWith('unpacked'));
    resources = join(folder, 'dist', unpacked, 'resources');
    packed = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.slice(1));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds every part of the built app, and the photographs with their licences', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/main.js',
        'out/main/worker.js',
        'out/main/memory-thread.js',
        'out/main/shard-thread.js',
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'assets/samples/LICENSES.md',
        'assets/samples/astronaut.png',
      ]),
    );
  });

  it('holds no source, test, setting or secret', () => {
    const tops = new Set(packed.map((path) => path.split('/')[0]));
    expect([...tops].sort()).toEqual(['assets', 'node_modules', 'out', 'package.json']);
    const suspicious = /\.(ts|map|pem|key|p12|env|log)$|(^|\/)\.(?!\.)|\.spec\.|\/\.git/;
    expect(packed.filter((path) => suspicious.test(path))).toEqual([]);
  });

  it('holds each package that runs in it, and none that only builds or tests it', async () => {
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
    const places = Object.entries(lock.packages).filter(([place]) => place.startsWith('node_modules/'));
    const shipped = places
      .filter(([, { dev, devOptional, optional, peer }]) => !(dev || devOptional || optional || peer))
      .map(([place]) => place);
    const inside = new Set(packed);
    expect(shipped.filter((place) => !inside.has(`${place}/package.json`))).toEqual([]);
    const development = places.filter(([, { dev }]) => dev).map(([place]) => place);
    expect(development.filter((place) => inside.has(`${place}/package.json`))).toEqual([]);
  });

  it('has every native library beside the archive, for this machine alone', async () => {
    const beside = (await readdir(join(resources, 'app.asar.unpacked'), { recursive: true })).filter((path) =>
      /\.(node|dll|dylib)$|\.so(\.|$)/.test(path),
    );
    const native = packed.filter((path) => /\.(node|dll|dylib)$|\.so(\.|$)/.test(path));
    expect(native.filter((path) => !beside.includes(path))).toEqual([]);
    expect(beside.some((path) => path.endsWith('onnxruntime_binding.node'))).toBe(true);
    expect(beside.some((path) => path.includes('libvips'))).toBe(true);
    expect(beside.filter((path) => !path.includes(process.arch))).toEqual([]);
    expect(beside.filter((path) => /darwin|win32/.test(path))).toEqual([]);
  });

  it('says what it is in its package.json and names no script or development package there', () => {
    const manifest = JSON.parse(
      extractFile(join(resources, 'app.asar'), 'package.json').toString(),
    ) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'seamfield', main: 'out/main/main.js' });
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
  });

  it('has its fuses burnt', async () => {
    const wire = await getCurrentFuseWire(join(resources, '../seamfield'));
    const on = (fuse: FuseV1Options) => wire[fuse] === '1'.charCodeAt(0);
    expect(on(FuseV1Options.RunAsNode)).toBe(false);
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
  });
});
