/**
 * `npm run setup:cuda`: fetches onnxruntime's CUDA libraries, which are too large for its npm package, by the package's
 * own install script (from NuGet, 300 MB and more). Needs, besides: an NVIDIA driver, CUDA 12 and cuDNN 9.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const library = 'libonnxruntime_providers_cuda.so';

/** See setup-cuda.d.mts. */
export function setupCuda({ platform, arch, packageFolder, run }) {
  if (platform !== 'linux' || arch !== 'x64') {
    const instead = platform === 'win32' ? '--provider directml or webgpu' : '--provider webgpu';
    return {
      status: 2,
      lines: [`seamfield: onnxruntime-node has CUDA on Linux and x64 only; here, use ${instead}.`],
    };
  }
  const file = join(packageFolder, 'bin/napi-v6/linux/x64', library);
  if (!existsSync(file)) {
    const status = run(['script/install.js', '--onnxruntime-node-install=cuda12'], packageFolder);
    if (status !== 0 || !existsSync(file)) {
      return {
        status: 1,
        lines: [
          `seamfield: the CUDA libraries could not be fetched (status ${status}); it takes a way to api.nuget.org and 1 GB of room.`,
        ],
      };
    }
  }
  return {
    status: 0,
    lines: [
      `${file} is there. It needs an NVIDIA driver, CUDA 12 and cuDNN 9 on this machine (ldd ${library} names what is missing).`,
      'Next: npm run bench -- --only providers',
    ],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  const { status, lines } = setupCuda({
    platform: process.platform,
    arch: process.arch,
    packageFolder: dirname(manifest),
    run: (argv, cwd) => spawnSync(process.execPath, argv, { cwd, stdio: 'inherit' }).status ?? 1,
  });
  for (const line of lines) (status === 0 ? process.stdout : process.stderr).write(`${line}\n`);
  process.exitCode = status;
}
