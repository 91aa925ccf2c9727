import { createRequire } from 'node:module';
import util from 'node:util';

import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Provider } from '../../../src-shared/model/training.ts';
import type { Engine } from '../../siren/engine.ts';
import { TfEngine } from './tf-engine.ts';
import type { Tf } from './tf.ts';

/** The optional package that brings TensorFlow with it. */
export const TFJS_PACKAGE = '@tensorflow/tfjs-node-gpu';

/** tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 dropped. Does nothing where it is there. */
export function restoreNullCheck(module: object): void {
  if ('isNullOrUndefined' in module) return;
  Object.assign(module, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
}

/** Node's own bindings of tfjs say on what they run. */
interface NodeBackend {
  readonly isUsingGpuDevice?: boolean;
}
type LoadedTf = Tf & { backend(): NodeBackend };

/** By a variable, so that no bundler and no type checker looks for a package that need not be there. */
const importOptional = (name: string): Promise<unknown> => import(/* @vite-ignore */ name);

/**
 * The tfjs engine of this machine.
 *
 * @param provider what was asked for; it is an error to ask for another than tfjs computes on
 * @throws `unknown-engine` with how to install what is missing, `unknown-provider`
 */
export async function openTfjs(
  provider: Provider | undefined,
  load: (name: string) => Promise<unknown> = importOptional,
): Promise<Engine> {
  restoreNullCheck(util);
  const tf = await found(load);
  await tf.ready();
  const runsOn: Provider = tf.backend().isUsingGpuDevice === true ? 'cuda' : 'cpu';
  if (provider !== undefined && provider !== runsOn) {
    throw new SeamfieldError(
      'unknown-provider',
      `The tfjs engine computes on '${runsOn}' here, not on '${provider}'; leave the provider out.`,
      { available: [runsOn] },
    );
  }
  return new TfEngine(tf, runsOn);
}

async function found(load: (name: string) => Promise<unknown>): Promise<LoadedTf> {
  try {
    const module = (await load(TFJS_PACKAGE)) as LoadedTf | { readonly default: LoadedTf };
    // A CommonJS package: its names may all be on the default export.
    return 'tidy' in module ? module : module.default;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SeamfieldError('unknown-engine', isInstalled() ? broken(reason) : absent, { reason });
  }
}

const absent = `The engine 'tfjs' is not on this machine; install it with “npm install --no-save --ignore-scripts=false ${TFJS_PACKAGE}”, or use 'ort'.`;
const broken = (reason: string) =>
  `The engine 'tfjs' is installed but does not load (${reason.split('\n')[0]!}); install ${TFJS_PACKAGE} anew, or use 'ort'.`;

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve(`${TFJS_PACKAGE}/package.json`);
    return true;
  } catch {
    return false;
  }
}
