import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Provider } from '../../src-shared/model/training.ts';
import { candidateProviders, failedProvider, missingProvider } from '../engines/providers/candidates.ts';
import { ProviderMemory } from '../engines/providers/memory.ts';
import type { ProviderCheck } from '../engines/providers/memory.ts';
import { afterLived } from './after-lived.ts';
import type { Launch } from './port.ts';
import { JobProcess } from './process.ts';

/** The file, in an app's data folder, that remembers which providers this machine has. */
export const providerMemoryName = 'providers.json';

/** A driver that has not answered by then hangs, s. Compiling for a GPU the first time takes seconds. */
const patience = 120;

/** Checks a provider in a process of its own: a driver that crashes or hangs there is a verdict like any other. Never rejects. */
export async function checkApart(
  launch: Launch,
  provider: Provider,
  signal?: AbortSignal,
): Promise<ProviderCheck> {
  const process = new JobProcess(launch);
  const end = () => void process.cancel();
  const callOff = afterLived(patience, end);
  signal?.addEventListener('abort', end);
  try {
    return await process.ask({ kind: 'check-provider', provider });
  } catch (thrown) {
    return { passed: false, reason: reasonOf(SeamfieldError.from(thrown)), at: Date.now() };
  } finally {
    callOff();
    signal?.removeEventListener('abort', end);
    await process.cancel();
  }
}

function reasonOf({ code, message, details }: SeamfieldError): string {
  if (details['silent'] === true) return 'its driver did not answer any more';
  if (code === 'job-died') return 'its driver crashed';
  return code === 'cancelled' ? `it did not answer in ${patience} s` : message;
}

/**
 * Sees to it that a provider which was asked for has passed its check on this machine, before a job relies on it.
 *
 * @param memoryPath the file that remembers verdicts
 * @throws `unknown-provider` with the reason; `cancelled`
 */
export async function requireProvider(
  signal: AbortSignal,
  launch: Launch,
  provider: Provider,
  memoryPath: string | undefined,
): Promise<void> {
  if (provider === 'cpu') return;
  if (!candidateProviders().includes(provider)) throw missingProvider(provider);
  const memory = new ProviderMemory(memoryPath);
  if (memory.check(provider)?.passed === true) return;
  const verdict = await checkApart(launch, provider, signal);
  if (signal.aborted) throw new SeamfieldError('cancelled', 'The job was cancelled.');
  memory.remember(provider, verdict);
  if (verdict.passed) return;
  throw failedProvider(provider, verdict.reason);
}
