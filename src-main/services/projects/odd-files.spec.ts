/** What may lie under a project's name besides a project: on a real disk, as a person or a stranger may leave it. */
import { execFileSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDocument } from '../../../src-shared/contract/project-schemas.ts';
import { Buffers } from '../buffers.ts';
import type { Images } from '../images.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { Parts } from '../uploads/parts.ts';
import { Projects } from './projects.ts';

let root: string;
let projects: Projects;
let workId: string;
/** What the file dialog answers. */
let chosen: string;

const document: OpenDocument = {
  workspace: 'clone',
  pictures: 'embedded',
  reconstruction: null,
  composition: {
    target: null,
    layers: [],
    selectedId: null,
    settings: '{}',
    result: null,
    isResultCurrent: false,
  },
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seamfield-odd-'));
  chosen = join(root, 'One.seamfield');
  const images = { paths: [], close: () => Promise.resolve() } as unknown as Images;
  const jobs = { borrowed: [] } as unknown as Jobs;
  const around = { images, jobs, buffers: new Buffers(), parts: new Parts() };
  const deliver = () => Promise.resolve({ saved: false });
  const chooseProjectPath = () => Promise.resolve(chosen);
  const ports = {
    dataFolder: join(root, 'data'),
    version: '1',
    samplesFolder: root,
    deliver,
    chooseProjectPath,
  };
  projects = new Projects(ports, around);
  workId = (await projects.record({ workId: null, document, patches: [] })).workId;
});
afterEach(async () => {
  await projects.close();
  await rm(root, { recursive: true, force: true });
});

const saveAs = () => projects.save({ workId, as: true, replace: false });
const save = () => projects.save({ workId, as: false, replace: false });
const open = (path: string) => projects.open(projects.offer({ path, name: path }).projectId);

describe.skipIf(process.platform === 'win32')('a project by a link', () => {
  it('is written where the link leads, which stays a link, and is one project by either name', async () => {
    const real = join(root, 'real.seamfield');
    await saveAs();
    await projects.record({ workId, document: { ...document, workspace: 'learn' }, patches: [] });
    await rm(chosen);
    await mkdir(join(root, 'elsewhere'));
    const there = join(root, 'elsewhere', 'real.seamfield');
    await symlink(there, real);
    await writeFile(there, '');
    chosen = real;
    await saveAs();
    expect((await lstat(real)).isSymbolicLink()).toBe(true);
    expect((await stat(there)).size).toBeGreaterThan(100);
    expect((await open(there)).workId).toBe(workId);
    expect((await open(real)).workId).toBe(workId);
    expect(await save()).toMatchObject({ saved: true });
  });

  it('that leads elsewhere by now is written over nothing that nobody was asked about', async () => {
    const [a, b] = [join(root, 'a.seamfield'), join(root, 'b.seamfield')];
    await writeFile(b, 'of somebody');
    await writeFile(a, '');
    await symlink(a, chosen);
    await saveAs();
    await rm(chosen);
    await symlink(b, chosen);
    await expect(save()).rejects.toMatchObject({ code: 'project-changed' });
    expect(await readFile(b, 'utf8')).toBe('of somebody');
  });

  it('that leads to itself is refused with a sentence', async () => {
    await symlink(chosen, chosen);
    await expect(saveAs()).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringMatching(/link leads to itself/) as string,
    });
    await expect(open(chosen)).rejects.toMatchObject({
      code: 'not-a-file',
      message: expect.stringMatching(/link leads to itself/) as string,
    });
  });
});

describe.each(['a folder', 'a pipe'])('%s by a project’s name', (what) => {
  const make = async () =>
    what === 'a folder' ? void (await mkdir(chosen)) : void execFileSync('mkfifo', [chosen]);

  it.skipIf(process.platform === 'win32')('is neither opened nor written over', async () => {
    await make();
    await expect(open(chosen)).rejects.toMatchObject({
      code: 'not-a-file',
      message: expect.stringMatching(/no ordinary file/) as string,
    });
    await expect(saveAs()).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringMatching(/no ordinary file/) as string,
    });
    expect((await lstat(chosen)).isFile()).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('that took a project’s place is not written over', async () => {
    await saveAs();
    await rm(chosen);
    await make();
    await expect(save()).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringMatching(/no ordinary file/) as string,
    });
    expect((await lstat(chosen)).isFile()).toBe(false);
  });
});

describe('a project’s file', () => {
  it.skipIf(process.platform === 'win32')(
    'that others may not read stays so, and so does the one before it',
    async () => {
      await saveAs();
      await chmod(chosen, 0o600);
      await save();
      await save();
      for (const path of [chosen, `${chosen}.bak`]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    },
  );

  it('of more than a gibibyte is refused before a byte of it is read', async () => {
    await writeFile(chosen, '');
    await truncate(chosen, 2 ** 32);
    await expect(open(chosen)).rejects.toMatchObject({
      code: 'bad-project',
      message: expect.stringMatching(/larger than 1 GiB/) as string,
    });
  });

  it.each(['Überblendung 研究 🖼', 'two\nlines', `${'研'.repeat(60)}`, ' spaces ', 'quote\'s "q"'])(
    'may be called %j',
    async (name) => {
      chosen = join(root, `${name}.seamfield`);
      expect(await saveAs()).toMatchObject({ saved: true, name });
      expect(await save()).toMatchObject({ saved: true });
      await projects.discard(workId);
      const opened = await open(chosen);
      expect(opened).toMatchObject({ name, isSaved: true, readOnly: null });
      workId = opened.workId;
    },
  );

  it('whose name leaves no room for what is written beside it is refused, and nothing is left behind', async () => {
    chosen = join(root, `${'x'.repeat(245)}.seamfield`);
    await expect(saveAs()).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringMatching(/name is too long; choose a shorter one/) as string,
    });
    expect(await readdir(root)).toEqual(['data']);
  });
});
