import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { AppInfo } from '../../src-shared/contract/app-schemas.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { Metrics } from '../../src-shared/model/metrics.ts';
import { afterLived } from '../jobs/after-lived.ts';
import type { Products } from '../../src-shared/model/training.ts';
import type { Launch } from '../jobs/port.ts';
import { JobProcess } from '../jobs/process.ts';
import type { Log } from './log.ts';
import type { Ports } from './ports.ts';
import { sampleFile } from './samples.ts';

/** What was found of the processor when the training began. */
const productsSaid: Readonly<Record<Products, string>> = {
  '8-bit': 'products of 8 bits, which this processor takes exactly; SEAMFIELD_PRODUCTS=full turns them off',
  float32:
    'all products in float32: this processor does not take those of 8 bits exactly, or SEAMFIELD_PRODUCTS=full',
};

/** How long a check may take before it counts as failed, s. */
const patience = 30;

/** Where the checks are made. */
export interface Checked {
  readonly ports: Pick<Ports, 'launch' | 'samplesFolder' | 'dataFolder'>;
  readonly log: Log;
}

/**
 * A report to paste into an issue: versions, machine, providers, what works, and the latest errors; no name of a file, no
 * path, nothing of a picture. Never throws: a check that fails is a line of it.
 */
export async function diagnosticsReport(info: AppInfo, { ports, log }: Checked): Promise<string> {
  const versions = Object.entries(info.versions).map(([name, version]) => `${name} ${version}`);
  const checks = await Promise.all([
    check('Photographs are read in their process', () => opensSample(ports)),
    check('A network trains and is evaluated', () => trains(ports)),
    check('The data folder can be written to', () => writes(ports.dataFolder)),
  ]);
  const errors = log.recentErrors.map(
    ({ at, event, facts }) => `- ${at} ${event} ${JSON.stringify(facts).replaceAll('`', "'")}`,
  );
  return [
    `### Seamfield ${info.version} (${info.host})`,
    `- ${info.machine}, ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `- ${versions.join(', ')}`,
    `- engine ${info.engine}, providers ${info.providers.join(', ')}, ${info.threads} threads`,
    '',
    '### Checks',
    ...checks,
    '',
    `### Latest errors (${errors.length})`,
    ...errors,
    '',
  ].join('\n');
}

async function check(what: string, work: () => Promise<string>): Promise<string> {
  try {
    return `- ok: ${what} (${await work()})`;
  } catch (thrown) {
    return `- FAILED: ${what} (${SeamfieldError.from(thrown).code})`;
  }
}

async function opensSample({ launch, samplesFolder }: Checked['ports']): Promise<string> {
  return inProcess(launch, async (job) => {
    const image = sampleFile(samplesFolder, 'brick');
    const { width, height } = await job.ask({ kind: 'image-info', image });
    return `${width} × ${height}`;
  });
}

async function trains({ launch, samplesFolder }: Checked['ports']): Promise<string> {
  let settle: { resolve(metrics: Metrics): void; reject(error: Error): void } | undefined;
  const finished = new Promise<Metrics>((resolve, reject) => (settle = { resolve, reject }));
  const events = {
    finished: (metrics: Metrics) => settle?.resolve(metrics),
    failed: (error: Error) => settle?.reject(error),
  };
  return inProcess(
    launch,
    async (job) => {
      const image = sampleFile(samplesFolder, 'brick');
      // As wide as a network has to be for its products to be of 8 bits.
      const shape = { size: 16, hidden: 64, layers: 2, threads: 1, budget: { steps: 10 } };
      job.begin({ kind: 'reconstruct', image, from: 'gradient', ...shape });
      const { steps = 0, residual = NaN, products } = await finished;
      if (!Number.isFinite(residual))
        throw new SeamfieldError('diverged', 'The check’s network is no number.');
      const said = products === undefined ? '' : `; ${productsSaid[products]}`;
      return `${steps} steps, residual ${residual.toPrecision(3)}${said}`;
    },
    events,
  );
}

/** A process of its own, ended whatever comes of it. */
async function inProcess<T>(
  launch: Launch,
  work: (job: JobProcess) => Promise<T>,
  events: ConstructorParameters<typeof JobProcess>[1] = {},
): Promise<T> {
  const job = new JobProcess(launch, events);
  let callOff = () => {};
  const late = new Promise<never>((_, reject) => {
    const why = new SeamfieldError('job-died', 'The check did not end.');
    callOff = afterLived(patience, () => reject(why));
  });
  try {
    return await Promise.race([work(job), late]);
  } finally {
    callOff();
    await job.cancel();
  }
}

async function writes(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.check-${randomBytes(6).toString('hex')}`);
  await writeFile(path, 'check', { flag: 'wx' }).catch(() => {
    throw new SeamfieldError('unwritable-output', 'The data folder cannot be written to.');
  });
  await rm(path, { force: true });
  return 'written and removed';
}
