import type { Held } from './soak.ts';

/** What may be held at any time, however many jobs there were: eight are kept, each with a folder, few with a process. */
const most = { processes: 6, folders: 8, uploads: 0, buffers: 48, handles: 40 } as const;
/** Heap that may come and go between two looks, MiB. */
const heapSlack = 12;

/** Sentences about what has piled up; none where nothing has. The first look is the yardstick for memory. */
export function growthOf(seen: readonly Held[]): string[] {
  const found: string[] = [];
  for (const held of seen) {
    for (const key of Object.keys(most) as (keyof typeof most)[]) {
      if (held[key] > most[key]) found.push(`After ${held.jobs} jobs there were ${held[key]} ${key}.`);
    }
  }
  const [first, last] = [seen[0], seen.at(-1)];
  if (first && last && last.heapMiB > first.heapMiB + heapSlack) {
    found.push(`The heap grew from ${first.heapMiB.toFixed(1)} to ${last.heapMiB.toFixed(1)} MiB.`);
  }
  return found;
}
