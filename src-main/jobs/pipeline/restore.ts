import type { Metrics } from '../../../src-shared/model/metrics.ts';
import type { RestoreTask } from '../tasks.ts';
import { openModel } from './open-model.ts';
import type { Problem } from './problem.ts';
import { solveExactly } from './solve.ts';
import type { FinishedSubject } from './subject.ts';

/**
 * A training that finished in another process: its network is read from its file, everything else is made again from the
 * same photographs; no step is trained. Throws what `openModel` and the exact solution throw.
 */
export async function restored(
  signal: AbortSignal,
  problem: Problem,
  { task, model, metrics }: RestoreTask,
): Promise<FinishedSubject> {
  const { engine, provider, threads } = task;
  const choice = {
    ...(engine !== undefined && { engine }),
    ...(provider !== undefined && { provider }),
    ...(threads !== undefined && { threads }),
  };
  const { trained } = await openModel({ kind: 'open', model, ...choice });
  const { exact } = solveExactly(signal, problem);
  return { problem, ...(exact && { exact }), ...(trained && { trained }), metrics: metrics as Metrics };
}
