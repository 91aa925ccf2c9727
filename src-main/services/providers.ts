import type { Provider } from '../../src-shared/model/training.ts';
import { candidateProviders } from '../engines/providers/candidates.ts';
import { ProviderMemory } from '../engines/providers/memory.ts';
import { checkApart } from '../jobs/check-provider.ts';
import type { Ports } from './ports.ts';

/** How long after a page has come the search begins, ms: opening the app and its first photograph come first. */
const calm = 5000;

/**
 * The providers that jobs can run on here. What onnxruntime has for this system is checked once a machine, in the
 * background, each in a process of its own, and remembered; only what passed is offered.
 */
export class Providers {
  readonly #ports: Pick<Ports, 'launch' | 'providerMemory' | 'emit'>;
  readonly #end = new AbortController();
  #search: Promise<void> | undefined;

  constructor(ports: Pick<Ports, 'launch' | 'providerMemory' | 'emit'>) {
    this.#ports = ports;
  }

  /** The CPU's first. */
  get known(): Provider[] {
    return ['cpu', ...this.#memory().passed()];
  }

  /** Looks once, when the app has come to rest; tells the pages where anything new is found. */
  lookSoon(): void {
    if (this.#ports.providerMemory === undefined || this.#search !== undefined) return;
    this.#search = this.#look();
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#search;
  }

  async #look(): Promise<void> {
    const { signal } = this.#end;
    await rest(signal);
    for (const provider of candidateProviders()) {
      if (signal.aborted) return;
      const memory = this.#memory();
      if (memory.check(provider) !== undefined) continue;
      const verdict = await checkApart(this.#ports.launch, provider, signal);
      if (signal.aborted) return;
      memory.remember(provider, verdict);
      if (verdict.passed) {
        this.#ports.emit({ event: 'app:providers', payload: { providers: this.known } });
      }
    }
  }

  #memory(): ProviderMemory {
    return new ProviderMemory(this.#ports.providerMemory);
  }
}

/** Waits without keeping the process alive. */
function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, calm);
    timer.unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
