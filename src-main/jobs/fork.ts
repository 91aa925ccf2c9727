import { fork } from 'node:child_process';
import { heapBound } from './heap-bound.ts';
import type { Launch } from './port.ts';
import type { FromWorker } from './protocol.ts';

/**
 * Job processes by Node's own fork, of the worker's built file.
 *
 * @param start stands in for fork where a test wants to know the child
 */
export function forkLauncher(workerPath: string, start: typeof fork = fork): Launch {
  return () => {
    // The host's own flags (an inspector, a test runner's loader) are not the worker's.
    const child = start(workerPath, [], {
      serialization: 'advanced',
      execArgv: heapBound,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return {
      send: (message) => {
        // A process that is gone answers by its exit, not here.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (handler) => child.on('message', (message) => handler(message as FromWorker)),
      onExit: (handler) => {
        let told = false;
        const tell = (code: number | null, signal: string | null) => {
          if (told) return;
          told = true;
          handler({ code, signal });
        };
        child.on('exit', tell);
        child.on('error', () => {
          if (child.pid === undefined) tell(null, null);
        });
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
