/**
 * A thread that looks after its process's memory: it sees what the others take even while they are busy in native code
 * or in one long loop, where no timer of theirs runs.
 */
import { freemem, totalmem } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { isOutgrown, memoryBound } from './memory-bound.ts';
import type { MemoryUse } from './memory-bound.ts';

/** Looks so often, ms. */
const lookEvery = 100;
/** What the process has to say of it, it says within so long, ms. */
const lastWords = 200;

const machine = totalmem();
const container = process.constrainedMemory();
const bound = memoryBound(
  container > 0 ? Math.min(machine, container) : machine,
  process.env['SEAMFIELD_MEMORY'],
);
/** macOS counts as free only what nobody has used yet, which is little on any machine that has run for a while. */
const isTold = process.platform !== 'darwin';

function memoryUse(): MemoryUse {
  const available = isTold ? freemem() : Infinity;
  return { resident: process.memoryUsage.rss(), available, total: machine };
}

const watch = setInterval(() => {
  const use = memoryUse();
  if (!isOutgrown(use, bound)) return;
  clearInterval(watch);
  parentPort?.postMessage(use.resident);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), lastWords);
}, lookEvery);
