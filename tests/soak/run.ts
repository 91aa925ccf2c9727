/** `npm run soak -- --jobs 500`: fails where anything of the trainings piles up. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../../src-main/cli/build-if-stale.mjs';
import { growthOf } from './growth.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({ options: { jobs: { type: 'string', default: '500' } } });
const jobs = Number(values.jobs);
if (!Number.isInteger(jobs) || jobs < 20) throw new Error('--jobs takes a whole number from 20 on');
buildIfStale();
const root = join(import.meta.dirname, '../..');
console.log('jobs  heap MiB  rss MiB  handles  processes  folders  uploads  buffers');
const seen = await soak({
  jobs,
  workerPath: join(root, 'out/main/worker.js'),
  samplesFolder: join(root, 'assets/samples'),
  every: Math.max(10, Math.floor(jobs / 10)),
  report: ({ jobs: n, heapMiB, rssMiB, handles, processes, folders, uploads, buffers }) =>
    console.log(
      [
        String(n).padStart(4),
        heapMiB.toFixed(1).padStart(8),
        rssMiB.toFixed(0).padStart(7),
        ...[handles, processes, folders, uploads, buffers].map((value) => String(value).padStart(8)),
      ].join('  '),
    ),
});
const grown = growthOf(seen);
console.log(grown.length === 0 ? 'Nothing has piled up.' : grown.join('\n'));
process.exitCode = grown.length === 0 ? 0 : 1;
