import { utilityProcess } from 'electron';
import { heapBound } from '../jobs/heap-bound.ts';
import type { Launch } from '../jobs/port.ts';
import type { FromWorker } from '../jobs/protocol.ts';

/** Job processes by Electron's utilityProcess, of the worker's built file. */
export function utilityLauncher(workerPath: string): Launch {
  return () => {
    const child = utilityProcess.fork(workerPath, [], {
      serviceName: 'Seamfield training',
      stdio: 'inherit',
      execArgv: heapBound,
    });
    return {
      // No transfer list: across processes Electron drops transferred buffers; they are cloned.
      send: (message) => child.postMessage(message),
      onMessage: (handler) => void child.on('message', (message: FromWorker) => handler(message)),
      onExit: (handler) => void child.once('exit', (code) => handler({ code, signal: null })),
      kill: () => {
        // Its own kill() asks politely, which a process busy in native code doesn't hear.
        if (child.pid === undefined) child.kill();
        else process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
