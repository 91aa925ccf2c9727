/**
 * A thread that looks after its process's memory: it sees what the others take even while they are busy in native code
 * or in one long loop, where no timer of theirs runs.
 */
import { totalmem } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { isOutgrown, memoryBound } from './memory-bound.ts';
import type { MemoryUse } from './memory-bound.ts';

/** Looks so often, ms. */
const lookEvery = 100;
/** What the process has to say of it, it says within so long, ms. */
const lastWords = 200;

const machine = totalmem();
const container = process.constrainedMemory();
const total = container > 0 ? Math.min(machine, container) : machine;
const bound = memoryBound(total, process.env['SEAMFIELD_MEMORY']);

function memoryUse(): MemoryUse {
  return { resident: process.memoryUsage.rss(), available: process.availableMemory(), total };
}

const watch = setInterval(() => {
  const use = memoryUse();
  if (!isOutgrown(use, bound)) return;
  clearInterval(watch);
  parentPort?.postMessage(use.resident);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), lastWords);
}, lookEvery);
