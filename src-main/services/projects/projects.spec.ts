import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../../src-shared/contract/channels.ts';
import type { OpenDocument } from '../../../src-shared/contract/project-schemas.ts';
import type { JobRequest } from '../../../src-shared/contract/training-schemas.ts';
import { until } from '../../../tests/until.ts';
import { encodeGreyPng } from '../../imaging/grey-png.ts';
import type { ExitStatus, Launch } from '../../jobs/port.ts';
import type { FromWorker } from '../../jobs/protocol.ts';
import { Buffers } from '../buffers.ts';
import { Images } from '../images.ts';
import { Jobs } from '../jobs/jobs.ts';
import { Parts } from '../uploads/parts.ts';
import type { Viewer } from '../viewer.ts';
import { Projects } from './projects.ts';

const samplesFolder = fileURLToPath(new URL('../../../assets/samples', import.meta.url));
const size = { width: 6, height: 4 };

let dataFolder: string;
let images: Images;
let jobs: Jobs;
let parts: Parts;
let projects: Projects;
let picture: string;

let uploads = 0;
/** Counts the networks, each other than the one before. */
let trained = 0;

/** A process that has trained its network as soon as it is begun. */
const launch: Launch = () => {
  let tell: (message: FromWorker) => void = () => undefined;
  let exit: (status: ExitStatus) => void = () => undefined;
  const bytes = Buffer.from(`network ${++trained}`);
  return {
    send(message) {
      if (message.type === 'begin') queueMicrotask(() => tell({ type: 'finished', metrics: { psnr: 40 } }));
      if (message.type === 'cancel') exit({ code: 0, signal: null });
      if (message.type === 'ask')
        tell({ type: 'answer', id: message.id, envelope: { ok: true, result: { bytes } } });
    },
    onMessage: (handler) => void (tell = handler),
    onExit: (handler) => void (exit = handler),
    kill: () => exit({ code: null, signal: 'SIGKILL' }),
  };
};

/** A host, and a photograph that is open in it. */
async function begin(): Promise<void> {
  const viewer = { ask: () => Promise.resolve(size), forget: () => undefined } as unknown as Viewer;
  const buffers = new Buffers();
  images = new Images({ samplesFolder }, viewer, buffers);
  jobs = new Jobs({ launch, emit: () => undefined, jobsFolder: join(dataFolder, 'jobs') }, images, buffers);
  const deliver = () => Promise.resolve({ saved: false });
  const ports = { dataFolder, version: '1.2.3', samplesFolder, deliver };
  parts = new Parts();
  projects = new Projects(ports, { images, jobs, buffers, parts });
  picture = (await images.openSample('brick')).id;
}

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'seamfield-projects-'));
  await begin();
});

afterEach(async () => {
  await projects.close();
  await jobs.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const nothing = {
  workspace: 'clone',
  pictures: 'embedded',
  reconstruction: null,
  composition: null,
} as const;

function composed(of: string, result: string | null = null): OpenDocument {
  const transform = { x: 1, y: 0, scale: 1, rotation: 0, flipX: false, flipY: false };
  const layer = { name: 'One', source: of, transform, mode: 'import', alpha: 0.5, visible: true } as const;
  return {
    ...nothing,
    composition: {
      ...{ target: of, layers: [{ id: 'layer-1', ...layer }], selectedId: 'layer-1' },
      ...{ settings: '{}', result, isResultCurrent: result !== null },
    },
  };
}

/** Blends the source with itself under an uploaded mask, which is closed as soon as the training has begun. */
async function blended(): Promise<string> {
  const { id: maskId } = await images.addUpload({ path: await masked(255), name: 'mask.png' });
  const { transform } = composed(picture).composition!.layers[0]!;
  const layer = { sourceId: picture, maskId, transform, mode: 'import' } as const;
  const composition = { targetId: picture, layers: [layer] };
  const { jobId } = await jobs.start({ kind: 'clone', composition, budget: { steps: 1 } });
  await images.close([maskId]);
  await until(() => expect(jobs.detail(jobId).state).toBe('finished'));
  return jobId;
}

/** A mask of the corner, painted with one value, as an upload. */
async function masked(value: number): Promise<string> {
  const path = join(dataFolder, `upload-${++uploads}`);
  await writeFile(path, await encodeGreyPng({ width: 2, height: 2, data: new Uint8Array(4).fill(value) }));
  return path;
}

/** A patch at the mask's corner, painted with one value. */
async function painted(value: number): Promise<RequestOf<'projects:record'>['patches']> {
  return [{ layerId: 'layer-1', ...(await parts.add(await masked(value))), x: 0, y: 0 }];
}

async function record(workId: string | null, document: OpenDocument, value?: number) {
  const patches = value === undefined ? [] : await painted(value);
  return projects.record({ workId, document, patches });
}

/** A project's file with one painted layer, the work that it was saved from, and its handle. */
async function saved() {
  const { workId } = await record(null, composed(picture), 200);
  await projects.save({ workId, as: false, name: 'One', replace: false });
  const [entry] = await projects.list();
  return { workId, projectId: entry!.projectId };
}

describe('work that lies in a project’s file', () => {
  it('is saved as long as, and as soon as, it is what the file holds', async () => {
    const { workId } = await saved();
    const isSaved = async (document: OpenDocument, value?: number) =>
      (await record(workId, document, value)).isSaved;
    expect(await isSaved(composed(picture), 200)).toBe(true);
    expect(await isSaved(composed(picture), 90)).toBe(false);
    expect(await isSaved(composed(picture), 200)).toBe(true);
    expect(await isSaved({ ...composed(picture), pictures: 'linked' })).toBe(false);
    expect(await isSaved(composed(picture))).toBe(true);
  });

  it('is still saved where its page’s first telling meets its closing', async () => {
    const { workId, projectId } = await saved();
    await record(workId, nothing);
    // What was on its way when it was closed.
    await record(workId, composed(picture), 200);
    expect(await projects.open(projectId)).toMatchObject({ name: 'One', isSaved: true });
  });

  it('is unsaved after a mask is gone, and saved where one that selects nothing has come', async () => {
    const { workId } = await saved();
    expect((await record(workId, composed(picture), 0)).isSaved).toBe(false);
    await projects.save({ workId, as: false, replace: false });
    await record(workId, nothing);
    expect((await record(workId, composed(picture))).isSaved).toBe(true);
  });
});

describe('work', () => {
  it('that is looked at by one page is gone on with by another all the same', async () => {
    const { workId } = await record(null, composed(picture), 200);
    await projects.close();
    await begin();
    const [, resumed, left] = await Promise.all([projects.left(), projects.resume(workId), projects.left()]);
    expect(resumed.workId).toBe(workId);
    expect(left).toMatchObject([{ workId }]);
  });

  it('that is discarded while it is being kept leaves nothing', async () => {
    const { workId } = await record(null, composed(picture), 200);
    const document = composed(picture);
    const [first, second] = [await painted(90), await painted(30)];
    const [kept, , late] = await Promise.allSettled([
      projects.record({ workId, document, patches: first }),
      projects.discard(workId),
      projects.record({ workId, document, patches: second }),
    ]);
    expect(kept.status).toBe('fulfilled');
    expect(late).toMatchObject({ status: 'rejected', reason: { code: 'unknown-handle' } });
    expect(await readdir(join(dataFolder, 'work'))).toEqual([]);
    expect(parts.count).toBe(0);
  });
});

describe('a network of a work', () => {
  it('comes back with the masks that it was trained under, though the page has closed them', async () => {
    const { workId } = await record(null, composed(picture, await blended()), 255);
    await projects.close();
    await jobs.close();
    await begin();
    const work = await projects.resume(workId);
    expect(work.jobs).toMatchObject([{ request: { kind: 'clone' } }]);
    await until(() => expect(jobs.list()).toMatchObject([{ state: 'finished', metrics: { psnr: 40 } }]));
    // Its training holds the mask; no page has any need of it.
    const request = work.jobs[0]!.request as Extract<JobRequest, { kind: 'clone' }>;
    const { maskId } = request.composition.layers[0]!;
    expect([images.isKnown(maskId), images.has(maskId)]).toEqual([true, false]);
  });

  it('goes with its training’s files once nothing can need it, and all of a work that was closed goes', async () => {
    const { workId } = await record(null, composed(picture), 200);
    const folder = join(dataFolder, 'work', workId, 'objects');
    for (let n = 0; n < 30; n++) {
      const jobId = await blended();
      await record(workId, composed(picture, jobId));
      await jobs.discard(jobId);
    }
    expect((await readdir(folder)).length).toBeLessThan(25);
    await record(workId, nothing);
    // The page has the photograph open still, for it may compose it anew.
    expect(await readdir(folder)).toHaveLength(1);
    await images.close([picture]);
    await record(null, composed((await images.openSample('brick')).id));
    expect(await readdir(join(dataFolder, 'work'))).not.toContain(workId);
  });
});
