/** What a host that was killed knows of its work's project file, whenever it was killed. */
import { describe, expect, it } from 'vitest';
import type { OpenDocument } from '../../../src-shared/contract/project-schemas.ts';
import { Buffers } from '../buffers.ts';
import type { Images } from '../images.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { Parts } from '../uploads/parts.ts';
import { Projects } from './projects.ts';
import { MemoryDisk } from '../../disk/testing.ts';

const path = '/data/projects/One.seamfield';

function host(disk: MemoryDisk): Projects {
  const images = { paths: [], close: () => Promise.resolve() } as unknown as Images;
  const around = {
    images,
    jobs: { borrowed: [] } as unknown as Jobs,
    buffers: new Buffers(),
    parts: new Parts(),
  };
  const deliver = () => Promise.resolve({ saved: false });
  return new Projects({ dataFolder: '/data', version: '1.2.3', samplesFolder: '/', deliver }, around, disk);
}

/** A composition of nothing yet, each version told from the others by its settings. */
function version(n: number): OpenDocument {
  const empty = { target: null, layers: [], selectedId: null, result: null, isResultCurrent: false };
  const composition = { ...empty, settings: JSON.stringify({ n }) };
  return { workspace: 'clone', pictures: 'embedded', reconstruction: null, composition };
}
const record = (projects: Projects, workId: string | null, n: number) =>
  projects.record({ workId, document: version(n), patches: [] });
const save = (projects: Projects, workId: string, replace = false) =>
  projects.save({ workId, as: false, replace });

/** Work that was saved once and changed since. */
async function saved() {
  const disk = new MemoryDisk();
  const projects = host(disk);
  const { workId } = await record(projects, null, 1);
  await projects.save({ workId, as: true, name: 'One', replace: false });
  await record(projects, workId, 2);
  return { disk, projects, workId };
}

/** The next host on what a killed one left. Its locks are this very process's, and so would hold. */
async function afterKill(disk: MemoryDisk): Promise<{ disk: MemoryDisk; projects: Projects }> {
  const left = disk.afterKill();
  for (const name of left.paths) if (name.endsWith('lock')) await left.remove(name);
  return { disk: left, projects: host(left) };
}

const change = (disk: MemoryDisk) => disk.damage(path, (data) => Buffer.concat([data, Buffer.from('!')]));

describe('a project whose host was killed', () => {
  it('is saved over what it was, and over nothing that another program wrote since', async () => {
    const { disk, workId } = await saved();
    const next = await afterKill(disk);
    await next.projects.resume(workId);
    change(next.disk);
    await expect(save(next.projects, workId)).rejects.toMatchObject({
      code: 'project-changed',
      message: expect.stringMatching(
        /changed by another program.*Replace it, or save under another/,
      ) as string,
    });
    expect(await save(next.projects, workId, true)).toMatchObject({ saved: true, isSaved: true });
    await record(next.projects, workId, 3);
    expect(await save(next.projects, workId)).toMatchObject({ saved: true, isSaved: true });
  });

  it('at any step of saving knows the file for its own, the old one as well as the new one', async () => {
    for (let step = 0; ; step++) {
      const { disk, projects, workId } = await saved();
      disk.fault = { step: disk.steps + step, kind: 'crash' };
      await save(projects, workId).catch(() => undefined);
      const isOver = disk.steps <= disk.fault.step;
      const next = await afterKill(disk);
      const { workId: left } = (await next.projects.left())[0] ?? { workId: null };
      if (left !== null) {
        await next.projects.resume(left);
        await record(next.projects, left, 4);
        expect(await save(next.projects, left), `killed at step ${step}`).toMatchObject({ isSaved: true });
        expect(next.disk.paths.filter((name) => /(projects|work).*part$/.test(name))).toEqual([]);
      }
      const strange = await afterKill(disk);
      change(strange.disk);
      const [offered] = await strange.projects.left();
      // What another program wrote over is not in any file any more, whatever was saved.
      expect(offered, `killed at step ${step}`).toMatchObject({ workId });
      await strange.projects.resume(workId);
      await expect(save(strange.projects, workId), `killed at step ${step}`).rejects.toMatchObject({
        code: 'project-changed',
      });
      if (!isOver) continue;
      expect(step).toBeGreaterThan(15);
      return;
    }
  });

  it('is opened again with what was kept of it where it was opened and never saved', async () => {
    const { disk, projects, workId } = await saved();
    await save(projects, workId);
    await projects.close();
    const other = host(disk);
    const [entry] = await other.list();
    const opened = await other.open(entry!.projectId);
    await record(other, opened.workId, 7);
    const next = await afterKill(disk);
    await next.projects.resume(opened.workId);
    change(next.disk);
    await expect(save(next.projects, opened.workId)).rejects.toMatchObject({ code: 'project-changed' });
  });
});

describe('work that could not be kept once', () => {
  it('is on disk as soon as its page tells it again, though it is no news then', async () => {
    const disk = new MemoryDisk();
    const projects = host(disk);
    const { workId } = await record(projects, null, 1);
    disk.fault = { step: disk.steps, kind: 'ENOSPC' };
    await expect(record(projects, workId, 2)).rejects.toMatchObject({ code: 'unwritable-output' });
    await record(projects, workId, 2);
    const next = await afterKill(disk);
    const { document } = await next.projects.resume(workId);
    expect(document?.composition?.settings).toBe('{"n":2}');
  });
});
