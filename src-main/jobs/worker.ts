/** The entry of a job's process, under Node's fork and Electron's utilityProcess alike. */
import { guardMemory } from './guard-memory.ts';
import { Session } from './session.ts';
import type { FromWorker } from './protocol.ts';

/** The child's end of a utilityProcess, as Electron adds it to `process`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', handler: (event: { readonly data: unknown }) => void): void;
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

function post(message: FromWorker): void {
  if (parentPort !== undefined) parentPort.postMessage(message);
  // That the host is gone, `disconnect` says: what was on its way then is nobody's error.
  else process.send?.(message, undefined, undefined, () => undefined);
}

/** At once, without taking down native threads in mid-computation first, which end in an abort of their own. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

const session = new Session(post, end);
guardMemory((bytes) => post({ type: 'outgrown', bytes }));
if (parentPort !== undefined) parentPort.on('message', ({ data }) => session.receive(data));
else process.on('message', (message) => session.receive(message));

// Ctrl-C in a terminal reaches the whole group: it is the host that decides what becomes of its jobs.
process.on('SIGINT', () => undefined);
// A host that is gone has no use for a result.
process.on('disconnect', end);
