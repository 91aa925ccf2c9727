/**
 * The corpus of hostile files on their real ways in: uploads to a host whose job process decodes them, and the command
 * line. None of them ends a process, and each is refused with a sentence.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { createServices } from '../../src-main/services/services.ts';
import type { Services } from '../../src-main/services/services.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { hostileNetworks } from '../fixtures/hostile/networks.ts';
import { hostilePictures } from '../fixtures/hostile/pictures.ts';
import { goodProject, hostileProjects, snoopingProjects } from '../fixtures/hostile/projects.ts';
import { built, root, seamfield } from './seamfield.ts';

let folder: string;
let services: Services;
let launched = 0;
let deaths = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-strangers-'));
  const launch = forkLauncher(built('main/worker.js'));
  services = createServices({
    host: 'browser',
    version: '0.0.0',
    dataFolder: join(folder, 'data'),
    samplesFolder: join(root, 'assets/samples'),
    launch: () => {
      launched++;
      const port = launch();
      port.onExit(() => deaths++);
      return port;
    },
    emit: () => undefined,
    deliver: ({ name }) => Promise.resolve({ saved: true, name }),
  });
});
afterAll(async () => {
  await services.close();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, name };
}

/** Undefined where it was done, the code of its refusal otherwise. */
async function refusalOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof SeamfieldError)) throw thrown;
    expect(thrown.message).toMatch(/^[^\n]{10,400}\.$/);
    return thrown.code;
  }
}

describe('a host', () => {
  it('looks at every hostile picture in one process, which outlives them all', async () => {
    for (const { name, bytes, refusal } of hostilePictures) {
      const file = await fileOf(name, bytes);
      const found = await refusalOf(async () => {
        const { id } = await services.images.addUpload(file);
        await services.handlers['images:pixels']({ imageId: id });
        await services.handlers['images:close']({ imageIds: [id] });
      });
      if (refusal !== undefined) expect(found, name).toBe(refusal);
      else expect([undefined, 'unreadable-image'], name).toContain(found);
    }
    expect({ launched, deaths }).toEqual({ launched: 1, deaths: 0 });
    const { id } = await services.handlers['images:open-sample']({ name: 'astronaut' });
    await expect(
      services.handlers['images:view']({ imageId: id, view: 'value', size: 32 }),
    ).resolves.toBeDefined();
  });

  it('refuses every hostile project, and leaves nothing of it outside its own folder', async () => {
    const outside = async () => (await readdir(folder)).filter((name) => name !== 'data').sort();
    for (const { name, bytes, refusal } of hostileProjects) {
      const file = await fileOf(name, bytes);
      const before = await outside();
      expect(await refusalOf(() => services.projects.upload(file)), name).toBe(refusal);
      expect(await outside(), name).toEqual(before);
    }
  });

  it('opens a project that would look about this machine without the photograph it asks for', async () => {
    for (const { name, bytes } of snoopingProjects) {
      const opened = await services.projects.upload(await fileOf(name, bytes));
      expect(JSON.stringify(opened), name).toContain('choose');
    }
    await services.projects.upload(await fileOf('good.seamfield', goodProject));
  });
});

describe('the command line', () => {
  it('refuses hostile networks in one line and writes nothing', async () => {
    // Each takes a process; the importer's own spec reads all of them.
    for (const { name, bytes, refusal } of hostileNetworks.filter((_, i) => i % 6 === 0)) {
      const { path } = await fileOf(name, bytes);
      const out = join(folder, 'out.png');
      const { status, stderr } = await seamfield('render', path, '--out', out);
      expect({ status, refusal }, name).toEqual({ status: 2, refusal: 'bad-model' });
      expect(stderr, name).toMatch(/^seamfield: [^\n]+\n$/);
      expect(await readdir(folder), name).not.toContain('out.png');
    }
  });
});
