import { join } from 'node:path';
import { expect, it } from 'vitest';
import { growthOf } from '../soak/growth.ts';
import { soakPhotographs } from '../soak/photographs.ts';
import { soak } from '../soak/soak.ts';
import { built, root } from './seamfield.ts';

it('twenty trainings, finished, cancelled, queued, trained further, leave nothing behind', async () => {
  const seen = await soak({
    jobs: 20,
    workerPath: built('main/worker.js'),
    samplesFolder: join(root, 'assets/samples'),
    every: 10,
    report: () => undefined,
  });
  expect(seen).toHaveLength(2);
  expect(growthOf(seen)).toEqual([]);
});

it('two hundred photographs, opened, looked at and closed, leave neither files nor pixels behind', async () => {
  const seen = await soakPhotographs(200, 40, built('main/worker.js'));
  expect(seen).toHaveLength(5);
  for (const { uploads, uploadedBytes } of seen) expect([uploads, uploadedBytes]).toEqual([0, 0]);
  // Two hundred of them come to 360 MiB as pixels alone.
  expect(seen.at(-1)!.viewerMiB - seen[0]!.viewerMiB).toBeLessThan(60);
});

it('would say what had piled up', () => {
  const rest = { rssMiB: 100, handles: 5, folders: 8, uploads: 0, buffers: 3 };
  const seen = [
    { ...rest, jobs: 10, heapMiB: 20, processes: 3 },
    { ...rest, jobs: 20, heapMiB: 60, processes: 9 },
  ];
  expect(growthOf(seen)).toEqual([
    'After 20 jobs there were 9 processes.',
    'The heap grew from 20.0 to 60.0 MiB.',
  ]);
});
