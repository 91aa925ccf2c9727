/** A disk that is really full, or really read-only: a small file system in memory, where this system lets us mount one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { startBrowserHost } from '../../src-main/server/host.ts';
import type { OpenDocument } from '../../src-shared/contract/project-schemas.ts';
import { JobsUnderTest } from './jobs-under-test.ts';
import { built, root } from './seamfield.ts';

const size = 6 * 2 ** 20;

const disk = mkdtempSync(join(tmpdir(), 'seamfield-disk-'));
const quiet = { stdio: 'pipe' } as const;
const mount = () => execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], quiet);
const unmount = () => execFileSync('umount', [disk], quiet);
const remount = (how: 'ro' | 'rw') =>
  execFileSync('mount', ['-o', `remount,${how},size=${size}`, disk], quiet);

/** Why there can't be a small disk; undefined where there can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'mounts a tmpfs, which only Linux has';
  try {
    mount();
    unmount();
    return undefined;
  } catch {
    return 'may not mount a tmpfs here; run as root to run it';
  }
}
const reason = obstacle();
if (reason !== undefined) console.warn(`Skipped: full-disk.spec.ts ${reason}.`);

let jobs: JobsUnderTest;
const open = async () => (jobs = await JobsUnderTest.open({}, disk));
const filler = join(disk, 'filler');

async function fill(): Promise<void> {
  const block = Buffer.alloc(4096, 1);
  for (;;) {
    try {
      await appendFile(filler, block);
    } catch {
      return;
    }
  }
}

/** Work with a photograph, of one workspace or another: each is a change. */
async function record(workId: string | null, workspace: string, picture: string) {
  const reconstruction = { picture, settings: '{}', result: null };
  const document: OpenDocument = { workspace, pictures: 'embedded', reconstruction, composition: null };
  return jobs.ask('projects:record', { workId, document, patches: [] });
}
const sample = async () => (await jobs.ask('images:open-sample', { name: 'brick' })).id;

afterAll(() => rmdirSync(disk));

describe.skipIf(reason !== undefined)('a disk that takes nothing more', () => {
  beforeAll(() => void mount());
  afterEach(async () => {
    await jobs.close();
    remount('rw');
    for (const name of await readdir(disk)) await rm(join(disk, name), { recursive: true, force: true });
  });
  afterAll(() => void unmount());

  it('because it is full: what was kept stays, what is changed is kept once there is room', async () => {
    await open();
    const picture = await sample();
    const { workId } = await record(null, 'reconstruct', picture);
    const saved = await jobs.ask('projects:save', { workId, as: true, name: 'Wall', replace: false });
    expect(saved).toMatchObject({ saved: true, isSaved: true });
    const project = join(disk, 'projects', 'Wall.seamfield');
    const before = await readFile(project);
    await fill();
    const refused = { code: 'unwritable-output', message: expect.stringMatching(/disk is full/) as string };
    // The journal's last block has room for a few.
    const many = async () => {
      for (let i = 0; i < 40; i++) await record(workId, i % 2 === 0 ? 'inspect' : 'clone', picture);
    };
    await expect(many()).rejects.toMatchObject(refused);
    await expect(jobs.ask('projects:save', { workId, as: false, replace: false })).rejects.toMatchObject(
      refused,
    );
    expect(await readFile(project)).toEqual(before);
    await rm(filler);
    await record(workId, 'learn', picture);
    await jobs.close();

    await open();
    const [left] = await jobs.ask('projects:left', {});
    expect(left).toMatchObject({ workId, name: 'Wall' });
    expect((await jobs.ask('projects:resume', { workId })).document?.workspace).toBe('learn');
  });

  it('because it is read-only: a project there opens, says so, and goes on elsewhere', async () => {
    await open();
    const { workId } = await record(null, 'reconstruct', await sample());
    await jobs.ask('projects:save', { workId, as: true, name: 'Wall', replace: false });
    await jobs.close();
    remount('ro');

    jobs = await JobsUnderTest.open();
    try {
      const path = join(disk, 'projects', 'Wall.seamfield');
      const { projectId } = jobs.services.projects.offer({ path, name: 'Wall.seamfield' });
      const opened = await jobs.ask('projects:open', { projectId });
      expect(opened.readOnly).toMatch(/nothing can be written; save under another name elsewhere/);
      const save = { workId: opened.workId, replace: false };
      await expect(jobs.ask('projects:save', { ...save, as: false })).rejects.toMatchObject({
        code: 'project-in-use',
      });
      const elsewhere = await jobs.ask('projects:save', { ...save, as: true, name: 'Wall' });
      expect(elsewhere).toMatchObject({ saved: true, isSaved: true });
    } finally {
      await jobs.remove();
    }
  });

  it('because it is full: an upload is refused with a sentence, however much of it is still to come', async () => {
    await open();
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = disk;
    const parts = { launch: forkLauncher(built('main/worker.js')), rendererFolder: built('renderer') };
    const dataFolder = disk;
    const samplesFolder = join(root, 'assets/samples');
    const host = await startBrowserHost({ port: 0, version: '0.0.0', samplesFolder, dataFolder, ...parts });
    try {
      await fill();
      const { origin, searchParams } = new URL(host.url);
      const admitted = await fetch(`${origin}/?token=${searchParams.get('token')}`, { redirect: 'manual' });
      const cookie = admitted.headers.get('set-cookie')!.split(';')[0]!;
      for (const as of ['', '&as=part', '&as=project']) {
        const answer = await fetch(`${origin}/uploads?name=a.png${as}`, {
          method: 'POST',
          headers: { cookie, origin, 'content-type': 'application/octet-stream' },
          body: Buffer.alloc(2 * size),
        });
        expect(await answer.json()).toMatchObject({
          ok: false,
          error: {
            code: 'unwritable-output',
            message: expect.stringMatching(/disk is full.*make room/) as string,
          },
        });
      }
    } finally {
      await host.close();
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
    }
  });

  it('because it is read-only, even for what is kept by itself, is told of, and trained on all the same', async () => {
    remount('ro');
    await open();
    const picture = await sample();
    await expect(record(null, 'reconstruct', picture)).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringMatching(/read-only/) as string,
    });
    const jobId = await jobs.start({ budget: { steps: 20 } });
    expect((await jobs.next('job:unsaved', jobId)).error.message).toMatch(
      /(disk is (full|read-only)).*make room/,
    );
    await jobs.next('job:finished', jobId);
  });

  it('because it is full, is no reason for a training not to run, and it says that it is not kept', async () => {
    await open();
    await fill();
    const jobId = await jobs.start({ budget: { steps: 20 } });
    expect((await jobs.next('job:unsaved', jobId)).error.message).toMatch(
      /(disk is (full|read-only)).*make room/,
    );
    await jobs.next('job:finished', jobId);
    expect((await jobs.network(jobId)).every(Number.isFinite)).toBe(true);
  });

  it('that fills up in mid-training is told of, and the last state that fitted is whole', async () => {
    await open();
    const jobId = await jobs.start({ budget: { seconds: 600 } });
    await jobs.kept(jobId);
    await fill();
    expect((await jobs.next('job:unsaved', jobId)).error.message).toMatch(/disk|space|ENOSPC/i);
    process.kill(jobs.pids.at(-1)!, 'SIGKILL');
    expect(await jobs.next('job:failed', jobId)).toMatchObject({ kept: true });
    expect((await jobs.network(jobId)).every(Number.isFinite)).toBe(true);
  });
});
