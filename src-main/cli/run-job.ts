import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import { requireProvider } from '../jobs/check-provider.ts';
import { JobProcess } from '../jobs/process.ts';
import type { JobEvents } from '../jobs/process.ts';
import type { OpenTask, TrainingTask } from '../jobs/tasks.ts';
import type { Context } from './context.ts';

/** Runs a task to its end, lets `keep` ask for what it came to, and ends the process. Aborting ends it at once. */
export async function runJob<T>(
  { signal, launch, providerMemory }: Pick<Context, 'signal' | 'launch' | 'providerMemory'>,
  asked: TrainingTask | OpenTask,
  watch: Pick<JobEvents, 'started' | 'progress'>,
  keep: (job: JobProcess, metrics: Metrics) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw new SeamfieldError('cancelled', 'The job was cancelled.');
  const task = { ...asked, providerMemory };
  const { engine = 'ort', provider = 'cpu' } = task;
  if (engine === 'ort') await requireProvider(signal, launch, provider, providerMemory);
  let finish: (metrics: Metrics) => void = () => undefined;
  let fail: (error: SeamfieldError) => void = () => undefined;
  const finished = new Promise<Metrics>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const job = new JobProcess(launch, { ...watch, finished: finish, failed: fail });
  const stop = () => {
    void job.cancel();
  };
  signal.addEventListener('abort', stop);
  try {
    job.begin(task);
    return await keep(job, await finished);
  } finally {
    signal.removeEventListener('abort', stop);
    await job.cancel();
  }
}
