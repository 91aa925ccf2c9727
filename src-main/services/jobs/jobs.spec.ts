import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointFiles } from '../../jobs/checkpoint-folder.ts';
import type { ExitStatus, Launch } from '../../jobs/port.ts';
import type { FromWorker, ToWorker } from '../../jobs/protocol.ts';
import { encodeCheckpoint } from '../../siren/checkpoint-file.ts';
import { smallCheckpoint } from '../../siren/testing.ts';
import { Buffers } from '../buffers.ts';
import { Images } from '../images.ts';
import type { Standing } from './job-folder.ts';
import { Jobs } from './jobs.ts';
import type { Viewer } from '../viewer.ts';

const samplesFolder = fileURLToPath(new URL('../../../assets/samples', import.meta.url));

/** A process that does nothing by itself, and goes when it is told to. */
class Child {
  readonly sent: ToWorker[] = [];
  tell: (message: FromWorker) => void = () => undefined;
  exit: (status: ExitStatus) => void = () => undefined;
  hasExited = false;
}

let root: string;
let children: Child[];
let images: Images;
let jobs: Jobs;

const launch: Launch = () => {
  const child = new Child();
  children.push(child);
  return {
    send(message) {
      child.sent.push(message);
      if (message.type !== 'cancel') return;
      child.hasExited = true;
      child.exit({ code: 0, signal: null });
    },
    onMessage: (handler) => void (child.tell = handler),
    onExit: (handler) => void (child.exit = handler),
    kill: () => child.exit({ code: null, signal: 'SIGKILL' }),
  };
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seamfield-jobs-'));
  children = [];
  const viewer = {
    ask: () => Promise.resolve({ width: 6, height: 4 }),
    forget: () => undefined,
  } as unknown as Viewer;
  images = new Images({ samplesFolder }, viewer, new Buffers());
  jobs = new Jobs({ launch, emit: () => undefined, jobsFolder: root }, images, new Buffers());
});

afterEach(async () => {
  await jobs.close();
  await rm(root, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const { id } = await images.openSample('brick');
  const budget = { seconds: 5 };
  return (await jobs.start({ kind: 'reconstruct', imageId: id, from: 'gradient', budget })).jobId;
}

/** Puts a checkpoint into a job's folder. */
async function keep(jobId: string): Promise<void> {
  const spent = { steps: 3, seconds: 1, legSteps: 3, legSeconds: 1 };
  const bytes = encodeCheckpoint(smallCheckpoint({ leg: 0, spent }));
  await writeFile(join(root, jobId, checkpointFiles[0]), bytes);
}

/** One that has finished, with something kept. */
async function finished(): Promise<string> {
  const jobId = await start();
  await keep(jobId);
  children.at(-1)!.tell({ type: 'checkpoint', step: 3 });
  children.at(-1)!.tell({ type: 'finished', metrics: { psnr: 40 } });
  return jobId;
}

/** One that an earlier host left in mid-training. */
async function left(standing: Partial<Standing> = {}): Promise<string> {
  const jobId = await start();
  const folder = join(root, jobId);
  await keep(jobId);
  await jobs.get(jobId).folder!.update(standing);
  await jobs.close();
  const record = join(folder, 'job.json');
  await writeFile(record, (await readFile(record, 'utf8')).replace(/"pid":\d+/, '"pid":999999999'));
  jobs = new Jobs({ launch, emit: () => undefined, jobsFolder: root }, images, new Buffers());
  children = [];
  return jobId;
}

const livingChildren = () => children.filter(({ hasExited }) => !hasExited);

describe('a training that is trained further', () => {
  it('and cancelled before that was noted is what it was, and does not wait for a turn', async () => {
    const jobId = await finished();
    const further = jobs.trainFurther(jobId, { seconds: 5 });
    await jobs.cancel(jobId);
    await further;
    expect(jobs.detail(jobId)).toMatchObject({ state: 'finished', metrics: { psnr: 40 } });
    expect(livingChildren()).toEqual([]);
  });

  it('and cancelled, and that again before the first time has come to anything, waits for one turn', async () => {
    const jobId = await finished();
    await start();
    const first = jobs.trainFurther(jobId, { seconds: 5 });
    await jobs.cancel(jobId);
    await Promise.all([first, jobs.trainFurther(jobId, { seconds: 6 })]);
    expect(jobs.get(jobId).leg).toEqual({ leg: 1, budget: { seconds: 6 } });
    await start();
    expect(jobs.list().map(({ position }) => position)).toEqual([2, undefined, 1]);
  });

  it('and cancelled leaves to the next host what it was, and no leg to go on with', async () => {
    const jobId = await finished();
    const record = async () => JSON.parse(await readFile(join(root, jobId, 'job.json'), 'utf8')) as unknown;
    await jobs.trainFurther(jobId, { seconds: 7 });
    expect(await record()).toMatchObject({ leg: 1, budget: { seconds: 7 }, isOver: false });
    await jobs.cancel(jobId);
    const before = { leg: 0, budget: { seconds: 5 }, isOver: true };
    expect(await record()).toMatchObject(before);
    expect(jobs.get(jobId).leg).toEqual({ leg: 0, budget: { seconds: 5 } });
    // The next time it can be told apart from.
    await jobs.trainFurther(jobId, { seconds: 8 });
    expect(await record()).toMatchObject({ leg: 1, budget: { seconds: 8 }, before: { leg: 0 } });
  });

  it('in another host, and cancelled here, is read again as it was before', async () => {
    const jobId = await left({ leg: 1, budget: { seconds: 9 }, before: { leg: 0, budget: { seconds: 5 } } });
    await jobs.resume(jobId);
    await jobs.cancel(jobId);
    const [begun] = children.at(-1)!.sent;
    expect(begun).toMatchObject({ type: 'begin', keeping: { leg: 0, isOver: true } });
    children.at(-1)!.tell({ type: 'finished', metrics: { psnr: 39 } });
    expect(jobs.detail(jobId)).toMatchObject({ state: 'finished', metrics: { psnr: 39 } });
    expect(await readdir(root)).toContain(jobId);
  });

  it('stays what it is where that can’t be kept', async () => {
    const jobId = await finished();
    await mkdir(join(root, jobId, 'before.part', 'in the way'), { recursive: true });
    const further = jobs.trainFurther(jobId, { seconds: 5 });
    await expect(further).rejects.toMatchObject({ code: 'unwritable-output' });
    expect(jobs.detail(jobId)).toMatchObject({ state: 'finished', metrics: { psnr: 40 } });
    // Nor is its process let go before: it has what is nowhere else.
    await rm(join(root, jobId), { recursive: true });
    await expect(jobs.trainFurther(jobId, { seconds: 5 })).rejects.toMatchObject({ code: 'not-allowed' });
    expect([jobs.detail(jobId).state, children.at(-1)!.hasExited]).toEqual(['finished', false]);
  });

  it('notes each of its ends whole, though one comes before the last one is on disk', async () => {
    const jobId = await finished();
    await jobs.trainFurther(jobId, { seconds: 5 });
    const child = children.at(-1)!;
    child.tell({ type: 'finished', metrics: { psnr: 41 } });
    await jobs.trainFurther(jobId, { seconds: 6 });
    await jobs.cancel(jobId);
    const { folder } = jobs.get(jobId);
    await Promise.all([1, 2, 3, 4].map((leg) => folder!.update({ leg })));
    const record = JSON.parse(await readFile(join(root, jobId, 'job.json'), 'utf8')) as { leg: number };
    expect(record.leg).toBe(4);
  });
});

describe('an earlier host’s training', () => {
  it('is gone on with once, however often that is asked for at a time', async () => {
    const jobId = await left();
    const resumed = await Promise.allSettled([jobs.resume(jobId), jobs.resume(jobId)]);
    expect(resumed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(livingChildren()).toHaveLength(1);
    expect(jobs.list()).toHaveLength(1);
  });

  it('begins no process where the host closes meanwhile, and is left to the next one', async () => {
    const jobId = await left();
    const resumed = jobs.resume(jobId);
    await Promise.all([expect(resumed).rejects.toMatchObject({ code: 'cancelled' }), jobs.close()]);
    expect(children).toEqual([]);
    jobs = new Jobs({ launch, emit: () => undefined, jobsFolder: root }, images, new Buffers());
    expect(await jobs.recoverable()).toMatchObject([{ jobId }]);
  });
});

describe('a training that is asked for while the host closes', () => {
  it('leaves no process, no folder, and no photograph held', async () => {
    const { id } = await images.openSample('brick');
    const request = { kind: 'reconstruct', imageId: id, from: 'gradient', budget: { seconds: 5 } } as const;
    const started = jobs.start(request);
    await Promise.all([expect(started).rejects.toMatchObject({ code: 'cancelled' }), jobs.close()]);
    expect([children, await readdir(root)]).toEqual([[], []]);
    await images.close([id]);
    expect(images.isKnown(id)).toBe(false);
  });
});

describe('a finished training whose end could not be put on disk', () => {
  it('keeps its process, which alone has it, and is not gone on with from before it', async () => {
    const jobId = await start();
    const child = children.at(-1)!;
    await keep(jobId);
    child.tell({ type: 'checkpoint', step: 3 });
    const error = { code: 'unwritable-output', message: 'The disk is full.' } as const;
    child.tell({ type: 'unsaved', error });
    child.tell({ type: 'finished', metrics: { psnr: 41 } });
    for (let i = 0; i < 4; i++) await finished();
    expect(child.hasExited).toBe(false);
    await expect(jobs.trainFurther(jobId, { seconds: 5 })).rejects.toMatchObject({ code: 'not-allowed' });
    expect([child.hasExited, jobs.detail(jobId).state]).toEqual([false, 'finished']);
  });
});

describe('a question to a finished training', () => {
  it('is answered though others finish meanwhile, whose processes are let go first', async () => {
    const asked = await finished();
    const child = children.at(-1)!;
    const answered = jobs.seam(asked);
    for (let i = 0; i < 10; i++) await finished();
    expect([child.hasExited, jobs.list().some(({ jobId }) => jobId === asked)]).toEqual([false, true]);
    const question = child.sent.find((message) => message.type === 'ask')!;
    child.tell({ type: 'answer', id: question.id, envelope: { ok: true, result: { card: 'seam' } } });
    expect(await answered).toEqual({ card: 'seam' });
    for (let i = 0; i < 3; i++) await finished();
    expect(child.hasExited).toBe(true);
  });
});

describe('an upload that is trained on', () => {
  it('goes once its page has closed it, and is known by its trainings’ copies until the last is forgotten', async () => {
    const path = join(root, 'upload');
    await writeFile(path, 'a picture');
    const { id } = await images.addUpload({ path, name: 'a.png' });
    const request = { kind: 'reconstruct', imageId: id, from: 'gradient', budget: { seconds: 5 } } as const;
    const started = [await jobs.start(request), await jobs.start(request)];
    await images.close([id]);
    expect(await readdir(root)).not.toContain('upload');
    for (const { jobId } of started) {
      expect(await readFile(images.fileOf(id).path, 'utf8')).toBe('a picture');
      await jobs.cancel(jobId);
      await jobs.discard(jobId);
    }
    expect(images.isKnown(id)).toBe(false);
  });
});
