import { readFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';

/**
 * CPU time that this thread has used, ms: what the thread was kept waiting by other processes doesn't count. Of the
 * whole process where the system doesn't tell threads apart.
 */
export function cpuMs(): number {
  // Linux says it to the nanosecond: the first number is what this thread has run.
  const path = threadId === 0 ? `/proc/self/task/${process.pid}/schedstat` : '/proc/thread-self/schedstat';
  try {
    return Number(readFileSync(path, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

/** Watches the turns of this thread's event loop until the returned function is called; `longest` is in ms of CPU. */
export function watchTurns(): () => { turns: number; longest: number } {
  let turns = 0;
  let longest = 0;
  let before = cpuMs();
  let isWatching = true;
  const turn = () => {
    const now = cpuMs();
    longest = Math.max(longest, now - before);
    before = now;
    turns++;
    if (isWatching) setTimeout(() => setImmediate(turn), 1);
  };
  setImmediate(turn);
  return () => {
    isWatching = false;
    longest = Math.max(longest, cpuMs() - before);
    return { turns, longest };
  };
}
