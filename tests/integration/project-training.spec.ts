import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenDocument, OpenWork } from '../../src-shared/contract/project-schemas.ts';
import { JobsUnderTest } from './jobs-under-test.ts';
import { root } from './seamfield.ts';

const opened: JobsUnderTest[] = [];
async function host(): Promise<JobsUnderTest> {
  const jobs = await JobsUnderTest.open();
  opened.push(jobs);
  return jobs;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((jobs) => jobs.remove()));
});

const further = { steps: 120 };

function documentOf(picture: string, result: string): OpenDocument {
  const reconstruction = { picture, settings: '{}', result };
  return { workspace: 'reconstruct', pictures: 'embedded', reconstruction, composition: null };
}

/** The project's file of a page that shows this training. */
async function projectOf(jobs: JobsUnderTest, jobId: string, workId: string | null = null) {
  const { request } = await jobs.ask('jobs:get', { jobId });
  if (request.kind !== 'reconstruct') throw new Error('another kind of training');
  const document = documentOf(request.imageId, jobId);
  const kept = await jobs.ask('projects:record', { workId, document, patches: [] });
  await jobs.ask('projects:download', { workId: kept.workId });
  return jobs.exported!;
}

async function openProject(jobs: JobsUnderTest, bytes: Uint8Array): Promise<OpenWork & { jobId: string }> {
  const path = join(jobs.folder, 'taken-along.seamfield');
  await writeFile(path, bytes);
  const work = await jobs.services.projects.upload({ path, name: 'taken-along.seamfield' });
  const { jobId } = work.jobs[0]!;
  await jobs.next('job:finished', jobId);
  return { ...work, jobId };
}

async function trainFurther(jobs: JobsUnderTest, jobId: string): Promise<Float32Array> {
  const told = jobs.told.length;
  await jobs.ask('jobs:train-further', { jobId, budget: further });
  await jobs.next('job:finished', jobId, told);
  return jobs.network(jobId);
}

describe('a training in a project', () => {
  it('is trained further by another host as if it had never been closed, and again after that', async () => {
    const first = await host();
    const jobId = await first.start({ budget: { steps: 100 } });
    const { metrics } = await first.next('job:finished', jobId);
    expect(metrics.machine).toBeDefined();
    const before = await first.network(jobId);
    const project = await projectOf(first, jobId);
    const straight = await trainFurther(first, jobId);
    expect(straight).not.toEqual(before);

    const second = await host();
    const work = await openProject(second, project);
    expect(work.notes).toEqual([]);
    expect(await second.ask('jobs:get', { jobId: work.jobId })).toMatchObject({
      state: 'finished',
      kept: true,
      metrics,
    });
    expect(await second.network(work.jobId)).toEqual(before);
    expect(await trainFurther(second, work.jobId)).toEqual(straight);

    // What is kept now is the training as it is, not as it was when it was opened.
    const third = await host();
    const again = await openProject(third, await projectOf(second, work.jobId, work.workId));
    expect(await third.network(again.jobId)).toEqual(straight);
    expect(await trainFurther(third, again.jobId)).toEqual(await trainFurther(first, jobId));
  });

  it('whose state is damaged opens with its network all the same, and says so', async () => {
    const first = await host();
    const jobId = await first.start({ budget: { steps: 20 } });
    await first.next('job:finished', jobId);
    const project = Buffer.from(await projectOf(first, jobId));
    const state = project.indexOf('SFCK');
    expect(state).toBeGreaterThan(0);
    project[state + 2000]! ^= 4;
    const second = await host();
    const work = await openProject(second, project);
    expect(work.notes).toEqual([expect.stringMatching(/can’t be trained further/)]);
    expect(await second.network(work.jobId)).toEqual(await first.network(jobId));
    await expect(
      second.ask('jobs:train-further', { jobId: work.jobId, budget: further }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('of version 1 is trained further for ever', async () => {
    const jobs = await host();
    const fixture = join(root, 'tests/fixtures/projects/version-1-trained.seamfield');
    const { jobId, notes } = await openProject(jobs, await readFile(fixture));
    expect(notes).toEqual([]);
    const before = await jobs.ask('jobs:get', { jobId });
    await trainFurther(jobs, jobId);
    const { metrics } = await jobs.ask('jobs:get', { jobId });
    expect(metrics!.steps).toBe(before.metrics!.steps! + further.steps);
    expect(metrics!.exactPsnr!).toBeGreaterThan(before.metrics!.exactPsnr!);
  });
});
