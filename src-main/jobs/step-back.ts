import os from 'node:os';

/**
 * Lets a process compute with what others leave it: the window that draws and listens comes first on a busy machine. To
 * be called as soon as the process runs, because on Linux its threads take over what its first one has by then. Where the
 * system refuses, or the process is gone, nothing changes.
 */
export function stepBack(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    const below = os.constants.priority.PRIORITY_BELOW_NORMAL;
    if (os.getPriority(pid) < below) os.setPriority(pid, below);
  } catch {
    // It computes all the same.
  }
}
