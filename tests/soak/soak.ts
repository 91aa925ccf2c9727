/**
 * Trainings by the hundred, finished, cancelled at every stage, queued, paused and trained further, over real job
 * processes: nothing of them may pile up in the host.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { createServices } from '../../src-main/services/services.ts';
import type { Services } from '../../src-main/services/services.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';

/** What the host holds at a moment. */
export interface Held {
  readonly jobs: number;
  readonly heapMiB: number;
  readonly rssMiB: number;
  /** What keeps the event loop alive: pipes, timers, processes. */
  readonly handles: number;
  readonly processes: number;
  /** Folders of jobs, and files that were uploaded. */
  readonly folders: number;
  readonly uploads: number;
  readonly buffers: number;
}

interface Options {
  readonly jobs: number;
  readonly workerPath: string;
  readonly samplesFolder: string;
  /** Told every so many jobs. */
  readonly every: number;
  report(held: Held): void;
}

/** Runs so many jobs one after the other. @returns what was held at each report, after everything had come to rest */
export async function soak({ jobs, workerPath, samplesFolder, every, report }: Options): Promise<Held[]> {
  const folder = await mkdtemp(join(tmpdir(), 'seamfield-soak-'));
  const uploads = join(folder, 'uploads');
  await mkdir(uploads);
  const listeners = new Set<(message: EventMessage) => void>();
  const services = createServices({
    host: 'browser',
    version: '0.0.0',
    launch: forkLauncher(workerPath),
    samplesFolder,
    dataFolder: folder,
    jobsFolder: join(folder, 'jobs'),
    emit: (message) => listeners.forEach((listener) => listener(message)),
    deliver: ({ name }) => Promise.resolve({ saved: true, name }),
  });
  const heard = (jobId: string, ...names: EventMessage['event'][]) =>
    new Promise<void>((resolve, reject) => {
      const listener = ({ event, payload }: EventMessage) => {
        if (!('jobId' in payload) || payload.jobId !== jobId) return;
        const isWanted = names.includes(event);
        if (!isWanted && event !== 'job:failed') return;
        listeners.delete(listener);
        if (isWanted) resolve();
        else reject(new Error(`a training failed: ${JSON.stringify(payload)}`));
      };
      listeners.add(listener);
    });
  const measure = async (count: number): Promise<Held> => {
    // Processes that were let go are gone within the patience they are given.
    await pause(500);
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    return {
      jobs: count,
      heapMiB: heapUsed / 2 ** 20,
      rssMiB: rss / 2 ** 20,
      handles: process.getActiveResourcesInfo().length,
      processes: await children(),
      folders: (await readdir(join(folder, 'jobs')).catch(() => [])).length,
      uploads: (await readdir(uploads)).length,
      buffers: services.buffers.count,
    };
  };
  const seen: Held[] = [];
  try {
    for (let i = 0; i < jobs; i++) {
      const path = join(uploads, `upload-${i}`);
      await copyFile(join(samplesFolder, 'brick.png'), path);
      const { id } = await services.images.addUpload({ path, name: 'brick.png' });
      await stories[i % stories.length]!({ services, heard, id, seed: i });
      await services.handlers['images:close']({ imageIds: [id] });
      if ((i + 1) % every === 0) {
        const held = await measure(i + 1);
        seen.push(held);
        report(held);
      }
    }
  } finally {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
  return seen;
}

interface Stage {
  readonly services: Services;
  heard(jobId: string, ...names: EventMessage['event'][]): Promise<void>;
  readonly id: string;
  readonly seed: number;
}

async function start({ services, id, seed }: Stage, steps: number): Promise<string> {
  const { jobId } = await services.handlers['jobs:start']({
    kind: 'reconstruct',
    imageId: id,
    from: 'gradient',
    size: 16,
    hidden: 8,
    threads: 1,
    seed,
    budget: { steps },
  });
  return jobId;
}

/** What can become of a training. */
const stories: readonly ((stage: Stage) => Promise<void>)[] = [
  async (stage) => {
    const jobId = await start(stage, 1 + (stage.seed % 5));
    await stage.heard(jobId, 'job:finished');
    await stage.services.handlers['jobs:view']({ jobId, of: 'network', view: 'value' });
  },
  async (stage) => {
    const jobId = await start(stage, 1_000_000);
    await stage.services.handlers['jobs:cancel']({ jobId });
  },
  async (stage) => {
    const jobId = await start(stage, 1_000_000);
    await stage.heard(jobId, 'job:progress');
    await stage.services.handlers['jobs:cancel']({ jobId });
  },
  async (stage) => {
    const { handlers } = stage.services;
    const first = await start(stage, 1_000_000);
    const second = await start(stage, 5);
    await stage.heard(first, 'job:progress');
    const paused = stage.heard(first, 'job:paused');
    await handlers['jobs:pause']({ jobId: first });
    await paused;
    await stage.heard(second, 'job:finished');
    await handlers['jobs:cancel']({ jobId: first });
    await handlers['jobs:discard']({ jobId: second });
  },
  async (stage) => {
    const { handlers } = stage.services;
    const jobId = await start(stage, 3);
    await stage.heard(jobId, 'job:finished');
    const again = stage.heard(jobId, 'job:finished');
    await handlers['jobs:train-further']({ jobId, budget: { steps: 2 } });
    await again;
  },
];

/** Processes that this one has started and that are still there. Linux only; 0 elsewhere. */
async function children(): Promise<number> {
  const tasks = await readdir('/proc/self/task').catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/self/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists
    .join(' ')
    .split(' ')
    .filter((word) => word.trim() !== '').length;
}
