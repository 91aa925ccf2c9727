import { processStart } from './process-start.ts';

/** A process, told from another that was given its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as far as the system says; null elsewhere. */
  readonly started: string | null;
}

export async function thisProcess(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: await processStart(process.pid) };
}

/** Whether a process has this number, be it another's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether that very process is still there; where the system doesn't tell processes apart, whether its number is. */
export async function isAlive({ pid, started }: ProcessIdentity): Promise<boolean> {
  if (!isRunning(pid)) return false;
  return started === null || (await processStart(pid)) === started;
}
