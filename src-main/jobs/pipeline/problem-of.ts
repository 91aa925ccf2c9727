import { clone } from './clone/clone.ts';
import type { TrainingTask } from '../tasks.ts';
import { fuse } from './fuse.ts';
import type { Problem } from './problem.ts';
import { reconstruct } from './reconstruct.ts';

/** Reads a task's files and takes their derivatives. Throws what is wrong with them. */
export function problemOf(signal: AbortSignal, task: TrainingTask): Promise<Problem> {
  switch (task.kind) {
    case 'reconstruct':
      return reconstruct(signal, task);
    case 'fuse':
      return fuse(signal, task);
    case 'clone':
      return clone(signal, task);
  }
}
