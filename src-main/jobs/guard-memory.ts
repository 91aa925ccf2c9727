import { Worker } from 'node:worker_threads';

/** It holds a few numbers. */
const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 };

/**
 * Has a thread end this process should it outgrow its bound of memory, see memory-thread.ts. `outgrown` is told first, if
 * the process's own thread is free to hear it.
 */
export function guardMemory(outgrown: (bytes: number) => void): void {
  // Built, both entries lie in one folder; a name that is put together is none that a bundler looks after.
  const entry = new URL(`./${'memory-thread'}.js`, import.meta.url);
  const thread = new Worker(entry, { resourceLimits });
  thread.on('message', (bytes: number) => outgrown(bytes));
  // A process without its guard is worth more than none.
  thread.on('error', () => undefined);
  thread.unref();
}
