/** What electron-builder packs, for whom, and how: `npm run package`, on each system for itself. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'app-builder-lib';
import { fuses } from './fuses.ts';

type System = 'darwin' | 'linux' | 'win32';
type Arch = 'x64' | 'arm64';

const root = join(import.meta.dirname, '..');
const natives = 'node_modules/onnxruntime-node/bin/napi-v6';

/** The architectures that onnxruntime has a library for; an app for another one could not train. */
export function architectures(system: System): Arch[] {
  return readdirSync(join(root, natives, system))
    .filter((name): name is Arch => name === 'x64' || name === 'arm64')
    .sort();
}

/** What is built, and what it reads. Nothing else of the project is packed. */
const own = ['out/{main,preload,renderer}/**', 'package.json', 'assets/samples/**'];

/** Sources, notes and headers that packages carry and no program reads. */
const ballast = [
  // The command line is for those who have Node; the app's own executable does not run as one.
  '!out/main/cli.js',
  '!out/**/*.map',
  '!node_modules/**/.*',
  '!node_modules/**/*.{map,ts,mts,cts,h,tsbuildinfo}',
  '!node_modules/onnxruntime-node/{script,lib}/**',
];

/**
 * What is packed for a system: never onnxruntime's libraries for another system or architecture. All of it is said
 * here, because a list of exclusions alone would be taken as "everything but".
 */
function packedFor(system: System): string[] {
  const others = (['darwin', 'linux', 'win32'] as const).filter((name) => name !== system);
  const foreign = others.map((name) => `!${natives}/${name}/**`);
  return [...own, ...ballast, ...foreign, `!${natives}/${system}/!(\${arch})/**`];
}

const config: Configuration = {
  appId: 'io.github.seamfield',
  productName: 'Seamfield',
  copyright: 'MIT licence',
  directories: { output: 'dist', buildResources: 'assets/icons' },
  asar: true,
  // Native libraries are opened by the system's loader, which cannot look into an archive.
  asarUnpack: [
    'node_modules/onnxruntime-node/bin/**',
    'node_modules/@img/**',
    '**/*.{node,dll,dylib}',
    '**/*.so*',
  ],
  // Nothing is compiled: every native comes built, and no package runs a script.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronFuses: fuses,
  fileAssociations: [
    {
      ext: 'seamfield',
      name: 'Seamfield project',
      description: 'Seamfield project',
      mimeType: 'application/x-seamfield',
      role: 'Editor',
      icon: 'icon',
    },
  ],
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  linux: {
    target: (['AppImage', 'deb'] as const).map((target) => ({ target, arch: architectures('linux') })),
    icon: 'png',
    category: 'Graphics',
    synopsis: 'Gradient-domain image editing',
    maintainer: 'Seamfield <noreply@seamfield.invalid>',
    executableName: 'seamfield',
    files: packedFor('linux'),
  },
  mac: {
    target: [{ target: 'dmg', arch: architectures('darwin') }],
    icon: 'icon.icns',
    category: 'public.app-category.graphics-design',
    hardenedRuntime: true,
    files: packedFor('darwin'),
  },
  win: {
    target: [{ target: 'nsis', arch: architectures('win32') }],
    icon: 'icon.ico',
    files: packedFor('win32'),
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  publish: null,
};

export default config;
