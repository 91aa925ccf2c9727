import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../../src-shared/contract/channels.ts';
import type { OpenDocument } from '../../../src-shared/contract/project-schemas.ts';
import { encodeGreyPng } from '../../imaging/grey-png.ts';
import { Buffers } from '../buffers.ts';
import { Images } from '../images.ts';
import { Jobs } from '../jobs.ts';
import type { Viewer } from '../viewer.ts';
import { realDisk } from './disk.ts';
import { Projects } from './projects.ts';

const samplesFolder = fileURLToPath(new URL('../../../assets/samples', import.meta.url));
const size = { width: 6, height: 4 };

let dataFolder: string;
let images: Images;
let projects: Projects;
let picture: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'seamfield-projects-'));
  const viewer = { ask: () => Promise.resolve(size), forget: () => undefined } as unknown as Viewer;
  const buffers = new Buffers();
  images = new Images({ samplesFolder }, viewer, buffers);
  const launch = () => {
    throw new Error('Nothing is trained here.');
  };
  const jobs = new Jobs({ launch, emit: () => undefined }, images, buffers);
  const deliver = () => Promise.resolve({ saved: false });
  projects = new Projects(
    { dataFolder, version: '1.2.3', samplesFolder, deliver },
    { images, jobs, buffers },
  );
  picture = (await images.openSample('brick')).id;
});

afterEach(async () => {
  await projects.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const nothing = {
  workspace: 'clone',
  pictures: 'embedded',
  reconstruction: null,
  composition: null,
} as const;

function composed(of: string): OpenDocument {
  const transform = { x: 1, y: 0, scale: 1, rotation: 0, flipX: false, flipY: false };
  const layer = { name: 'One', source: of, transform, mode: 'import', alpha: 0.5, visible: true } as const;
  return {
    ...nothing,
    composition: {
      ...{ target: of, layers: [{ id: 'layer-1', ...layer }], selectedId: 'layer-1' },
      ...{ settings: '{}', result: null, isResultCurrent: false },
    },
  };
}

/** A patch at the mask's corner, painted with one value. */
async function painted(value: number): Promise<RequestOf<'projects:record'>['patches']> {
  const path = join(dataFolder, `mask-${value}.png`);
  const png = await encodeGreyPng({ width: 2, height: 2, data: new Uint8Array(4).fill(value) });
  await realDisk.create(path).then(async (file) => {
    await file.write(png);
    await file.close();
  });
  const { id } = await images.addUpload({ path, name: 'mask.png' });
  return [{ layerId: 'layer-1', imageId: id, x: 0, y: 0 }];
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
    expect(images.has(second[0]!.imageId)).toBe(false);
  });
});
