import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildIfStale, root } from '../src-main/cli/build-if-stale.mjs';
import { forkLauncher } from '../src-main/jobs/fork.ts';
import { JobProcess } from '../src-main/jobs/process.ts';
import type { TrainingTask } from '../src-main/jobs/tasks.ts';
import type { Metrics } from '../src-shared/model/metrics.ts';

export interface JobRun {
  readonly metrics: Metrics;
  /** From the task's beginning, its process not running yet; `undefined` where none came. */
  readonly secondsToFirstPreview: number | undefined;
  /** To the first steps. */
  readonly secondsToStart: number;
  /** Largest resident memory of the job's process, bytes; `undefined` where the system doesn't tell (not Linux). */
  readonly peakMemory: number | undefined;
}

/**
 * One task in a job process of its own, as the app runs it. Throws what the job fails with.
 *
 * @param ask what to ask of it once it has finished
 */
export async function runJob(
  signal: AbortSignal,
  task: TrainingTask,
  ask: (job: JobProcess) => Promise<void> = () => Promise.resolve(),
): Promise<JobRun> {
  buildIfStale();
  const launch = forkLauncher(join(root, 'out/main/worker.js'));
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1000;
  let [secondsToFirstPreview, secondsToStart]: (number | undefined)[] = [];
  let job: JobProcess | undefined;
  try {
    const metrics = await new Promise<Metrics>((resolve, reject) => {
      job = new JobProcess(launch, {
        progress: () => (secondsToStart ??= since()),
        preview: ({ step }) => {
          secondsToFirstPreview ??= since();
          job?.ack(step);
        },
        finished: resolve,
        failed: reject,
      });
      signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
      job.begin(task);
    });
    if (job !== undefined) await ask(job);
    const peakMemory = await largestChild().catch(() => undefined);
    return { metrics, secondsToFirstPreview, secondsToStart: secondsToStart ?? Number.NaN, peakMemory };
  } finally {
    await job?.cancel();
  }
}

/** The largest resident memory that any child process of this one has had, bytes. */
async function largestChild(): Promise<number | undefined> {
  const threads = await readdir('/proc/self/task');
  const lists = await Promise.all(threads.map((id) => readFile(`/proc/self/task/${id}/children`, 'utf8')));
  const children = lists.flatMap((list) => list.split(' ').filter((id) => id !== ''));
  const peaks = await Promise.all(
    children.map(async (id) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
    }),
  );
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}
