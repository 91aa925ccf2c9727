import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Provider } from '../../../src-shared/model/training.ts';

/**
 * Providers beside the CPU's that onnxruntime-node has on this system, whatever they can do on this machine. Nothing
 * native is loaded to know.
 */
export function candidateProviders(
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
  hasCuda: () => boolean = cudaIsFetched,
): readonly Provider[] {
  switch (platform) {
    case 'win32':
      return ['webgpu', 'directml'];
    case 'darwin':
      return arch === 'arm64' ? ['webgpu', 'coreml'] : [];
    case 'linux':
      return arch === 'x64' ? ['webgpu', ...(hasCuda() ? (['cuda'] as const) : [])] : [];
    default:
      return [];
  }
}

/** The error for a provider that onnxruntime-node does not have on this system; it says what there is to do. */
export function missingProvider(provider: Provider): SeamfieldError {
  const remedy = provider === 'cuda' ? "run “npm run setup:cuda” (Linux on x64), or use 'cpu'" : "use 'cpu'";
  return new SeamfieldError(
    'unknown-provider',
    `The provider '${provider}' is not on this machine; ${remedy}.`,
  );
}

/** The error for a provider that is there and did not pass its check. */
export function failedProvider(provider: Provider, reason = 'no reason was given'): SeamfieldError {
  return new SeamfieldError(
    'unknown-provider',
    `The provider '${provider}' can't be used on this machine (${reason}); use 'cpu'.`,
    { reason },
  );
}

/** Where onnxruntime-node looks for the libraries that it does not bring along, as `npm run setup:cuda` puts them there. */
function onnxruntimeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(entry), '../bin/napi-v6', process.platform, process.arch);
}

function cudaIsFetched(): boolean {
  try {
    return existsSync(join(onnxruntimeFolder(), 'libonnxruntime_providers_cuda.so'));
  } catch {
    return false;
  }
}
