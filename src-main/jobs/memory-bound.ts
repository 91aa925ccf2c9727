/** What a process takes of the machine's memory, and what there is of it; all in bytes. */
export interface MemoryUse {
  /** Its resident set. */
  readonly resident: number;
  /** What could still be had by anybody without swapping; Infinity where the system doesn't say. */
  readonly available: number;
  /** All that the machine has. */
  readonly total: number;
}

/** One process may take so much of the machine; of a machine that is as good as full, no more than its part. */
const most = { share: 0.75, ofFull: 0.25 };
const asGoodAsFull = 0.04;

/**
 * Bytes that a process may take, from how many mebibytes the environment says, or the share that nobody minds of all that
 * there is: the machine's, or the container's where that has less.
 */
export function memoryBound(total: number, said: string | undefined): number {
  const mebibytes = Number(said);
  return Number.isFinite(mebibytes) && mebibytes > 0 ? mebibytes * 2 ** 20 : most.share * total;
}

/**
 * Whether a process must end for the machine's sake: it has outgrown its bound, or the machine is as good as full and it
 * is one of those who fill it.
 */
export function isOutgrown({ resident, available, total }: MemoryUse, bound: number): boolean {
  if (resident > bound) return true;
  return available < asGoodAsFull * total && resident > most.ofFull * total;
}
