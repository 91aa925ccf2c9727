/** A real host, killed for real with a project open: the next one saves over what it was, and over nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenDocument } from '../../src-shared/contract/project-schemas.ts';
import { client } from './page-client.ts';
import { built } from './seamfield.ts';

let folder: string;
const running: (() => Promise<void>)[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'seamfield-recovered-'))));
afterEach(async () => {
  await Promise.all(running.splice(0).map((kill) => kill()));
  await rm(folder, { recursive: true, force: true });
});

async function serve() {
  const app = spawn(process.execPath, [built('main/cli.js'), 'serve', '--port', '0'], {
    env: { ...process.env, SEAMFIELD_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(app, 'exit');
  const kill = async () => {
    app.kill('SIGKILL');
    await gone;
  };
  running.push(kill);
  const [address] = (await once(createInterface({ input: app.stdout }), 'line')) as [string];
  return { ask: await client(address), kill };
}

const composed = (settings: string): OpenDocument => ({
  workspace: 'clone',
  pictures: 'embedded',
  reconstruction: null,
  composition: { target: null, layers: [], selectedId: null, settings, result: null, isResultCurrent: false },
});
const project = () => join(folder, 'projects', 'One.seamfield');

it('a project that is resumed after kill -9 is saved where it is unchanged, and refused where it is not', async () => {
  const first = await serve();
  const { workId } = await first.ask('projects:record', {
    workId: null,
    document: composed('1'),
    patches: [],
  });
  const save = { workId, as: false, replace: false };
  await first.ask('projects:save', { ...save, as: true, name: 'One' });
  await first.ask('projects:record', { workId, document: composed('2'), patches: [] });
  await first.kill();

  const second = await serve();
  expect(await second.ask('projects:left', {})).toMatchObject([{ workId, name: 'One' }]);
  expect((await second.ask('projects:resume', { workId })).isSaved).toBe(false);
  expect(await second.ask('projects:save', save)).toMatchObject({ saved: true, isSaved: true });
  await second.ask('projects:record', { workId, document: composed('3'), patches: [] });
  await second.kill();

  await appendFile(project(), 'somebody else was here');
  const changed = await readFile(project());
  const third = await serve();
  await third.ask('projects:resume', { workId });
  await expect(third.ask('projects:save', save)).rejects.toMatchObject({
    code: 'project-changed',
    message: expect.stringMatching(/Replace it, or save under another name/) as string,
  });
  expect(await readFile(project())).toEqual(changed);
  await third.ask('projects:save', { ...save, as: true, name: 'Two' });
  const list = await third.ask('projects:list', {});
  expect(list.map(({ name }) => name)).toEqual(['One', 'Two']);
});
