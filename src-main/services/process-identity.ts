import { readFile } from 'node:fs/promises';

/** A process, told from another that was given its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as far as the system says; null elsewhere. */
  readonly started: string | null;
}

/** Linux: clock ticks from this boot to the process's start, and which boot; null where the system doesn't say. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name in parentheses may hold anything, spaces and parentheses included; field 22 counts from the first.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? null : `${boot.trim()} ${ticks}`;
  } catch {
    return null;
  }
}

export async function thisProcess(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: await startOf(process.pid) };
}

/** Whether that very process is still there; where the system doesn't tell processes apart, whether its number is. */
export async function isAlive({ pid, started }: ProcessIdentity): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === null || (await startOf(pid)) === started;
}
