import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { photographInfo } from '../../src-main/jobs/pipeline/inputs/photograph-info.ts';
import type { ToWorker } from '../../src-main/jobs/protocol.ts';
import { enclose } from '../../src-shared/contract/envelope.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import { contentSecurityPolicy, largestRequest } from '../../src-shared/contract/http.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import { identity } from '../../src-shared/model/composition.ts';
import * as electron from '../fixtures/fake-electron.ts';
import type { FakeFrame } from '../fixtures/fake-electron.ts';
import { built, builtWorkers, root } from './seamfield.ts';
import { until } from '../until.ts';

vi.mock('electron', () => import('../fixtures/fake-electron.ts'));

let folder: string;
const page: FakeFrame = { url: 'app://seamfield/', parent: null };

function request(
  channel: unknown,
  payload: unknown,
  senderFrame: FakeFrame | null = page,
): Promise<Envelope<unknown>> {
  const handler = electron.ipcMain.handlers.get('seamfield:request') as (
    event: unknown,
    channel: unknown,
    payload: unknown,
  ) => Promise<Envelope<unknown>>;
  return handler({ senderFrame }, channel, payload);
}

/** A process that records what it is told, and only looks at photographs. */
async function look(child: electron.FakeUtilityProcess, message: ToWorker): Promise<void> {
  child.received.push([message]);
  if (message.type !== 'ask' || message.question.kind !== 'image-info') return;
  const { id, question } = message;
  child.emit('message', { type: 'answer', id, envelope: await enclose(() => photographInfo(question)) });
}

const fetchPage = (url: string, init?: RequestInit) =>
  electron.protocol.handlers.get('app')!(new Request(url, init));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-electron-'));
  electron.utilityProcess.fork = (path) => {
    const child = new electron.FakeUtilityProcess();
    child.postMessage = (message: unknown) => void look(child, message as ToWorker);
    electron.utilityProcess.forked.push({ path, child });
    return child;
  };
  await import(built('main/main.js'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the built app, booted', () => {
  it('opens its window on its own page with every guard up', () => {
    expect(electron.app.isSandboxed).toBe(true);
    const [window] = electron.BrowserWindow.all;
    expect(window).toMatchObject({
      loaded: 'app://seamfield/',
      options: {
        webPreferences: {
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webSecurity: true,
          webviewTag: false,
          preload: expect.stringMatching(/preload\.cjs$/) as string,
        },
      },
    });
  });

  it('sets no preference of its window but these: nothing insecure, nothing experimental', () => {
    const { webPreferences } = electron.BrowserWindow.all[0]!.options as { webPreferences: object };
    expect(webPreferences).toEqual({
      preload: expect.any(String) as string,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });

  it('allows no script but its own files', () => {
    const policy = Object.fromEntries(
      contentSecurityPolicy.split('; ').map((rule) => rule.split(/ (.*)/).slice(0, 2) as [string, string]),
    );
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'worker-src': "'self'",
      'connect-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
    });
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe/);
  });

  it('serves its page and its parts under the content security policy', async () => {
    const answer = await fetchPage('app://seamfield/');
    const html = await answer.text();
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    const [, script] = /src="([^"]+\.js)"/.exec(html)!;
    const part = await fetchPage(new URL(script!, 'app://seamfield/').href);
    expect(part.headers.get('content-type')).toContain('text/javascript');
  });

  it('serves its page’s workers from an origin that may have some, as scripts under the same policy', async () => {
    expect(electron.protocol.privileged).toMatchObject([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const workers = await builtWorkers();
    expect(workers.length).toBeGreaterThan(0);
    for (const path of workers) {
      const { status, headers } = await fetchPage(new URL(path, 'app://seamfield/').href);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    }
  });

  it.each([
    ['app://seamfield/../main/main.js', 'GET'],
    ['app://seamfield/%2e%2e%2fmain%2fmain.js', 'GET'],
    ['app://other/', 'GET'],
    ['app://seamfield/buffers/none', 'GET'],
    ['app://seamfield/', 'POST'],
  ])('refuses %s by %s', async (url, method) => {
    const answer = await fetchPage(url, { method });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.json()).toMatchObject({ ok: false });
  });

  it('answers its own page', async () => {
    expect(await request('app:info', {})).toMatchObject({ ok: true, result: { host: 'electron' } });
  });

  it.each<[string, FakeFrame | null]>([
    ['a page of another site', { url: 'https://evil.example/', parent: null }],
    ['a frame inside its page', { url: 'app://seamfield/', parent: page }],
    ['a frame that is gone', null],
  ])('does not answer %s', async (_, frame) => {
    expect(await request('app:info', {}, frame)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });

  it.each([
    ['an unknown channel', 'app:quit', {}, 'unknown-channel'],
    ['a key too many', 'app:info', { x: 1 }, 'invalid-message'],
    ['a flood', 'images:open-sample', { name: 'x'.repeat(100_000) }, 'invalid-message'],
    ['a file without a path', 'images:import-path', {}, 'invalid-message'],
  ])('refuses %s', async (_, channel, payload, code) => {
    expect(await request(channel, payload)).toMatchObject({ ok: false, error: { code } });
  });

  it('takes a preview with the masks that it may carry, and nothing that is larger', async () => {
    const mask = { x: 0, y: 0, width: 8, height: 8, step: 1, bytes: 'A'.repeat(limits.seenMask.text) };
    const layer = { sourceId: 'none', mask, transform: identity, mode: 'import' };
    const asked = { composition: { targetId: 'none', layers: [layer] }, size: 128 };
    expect(await request('clones:exact', asked)).toMatchObject({ error: { code: 'unknown-handle' } });
    expect(await request('clones:exact', { text: 'A'.repeat(largestRequest) })).toMatchObject({
      error: { code: 'invalid-message', message: 'This request is too large.' },
    });
  });

  it('opens what the user chose or dropped, and shows the page its name alone', async () => {
    const path = join(folder, 'mine.png');
    await copyFile(join(root, 'assets/samples/moon.png'), path);
    electron.dialog.toOpen = [path];
    const chosen = await request('images:dialog', {});
    const dropped = await request('images:import-path', { path });
    for (const answer of [chosen, dropped]) {
      expect(answer).toMatchObject({ ok: true, result: { name: 'mine.png', width: 512 } });
      expect(JSON.stringify(answer)).not.toContain(folder);
    }
    electron.dialog.toOpen = [];
    expect(await request('images:dialog', {})).toEqual({ ok: true, result: null });
  });

  it('lists what was opened by its name, and says of a file that has vanished that it is off the list', async () => {
    const path = join(folder, 'lately.png');
    await copyFile(join(root, 'assets/samples/moon.png'), path);
    const opened = (await request('images:import-path', { path })) as { result: { id: string } };
    await request('recents:add', { imageId: opened.result.id });
    const list = async () =>
      ((await request('recents:list', {})) as { result: { recentId: string; name: string }[] }).result;
    const [latest] = await list();
    expect(latest).toMatchObject({ kind: 'photograph', name: 'lately.png' });
    expect(JSON.stringify(await list())).not.toContain(folder);
    const again = await request('recents:open', { recentId: latest!.recentId });
    expect(again).toMatchObject({ ok: true, result: { image: { name: 'lately.png', width: 512 } } });
    await rm(path);
    const gone = await request('recents:open', { recentId: latest!.recentId });
    expect(gone).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('off the list') as string },
    });
    expect((await list()).map(({ name }) => name)).not.toContain('lately.png');
  });

  it('keeps what the page made as it keeps a photograph, and no name leads out of its folder', async () => {
    const bytes = new Uint8Array(await readFile(join(root, 'assets/samples/moon.png')));
    const kept = await request('images:import-bytes', { name: '../../mask.png', bytes });
    expect(kept).toMatchObject({ ok: true, result: { name: '....mask.png', width: 512 } });
    const broken = await request('images:import-bytes', { name: 'mask.png', bytes: [1, 2] });
    expect(broken).toMatchObject({ ok: false, error: { code: 'invalid-message' } });
    const part = await request('projects:import-part', { bytes: Uint8Array.of(1, 2) });
    expect(part).toMatchObject({ ok: true, result: { partId: expect.any(String) as string } });
    const no = await request('projects:import-part', { bytes: Uint8Array.of(1), path: '/etc/passwd' });
    expect(no).toMatchObject({ ok: false, error: { code: 'invalid-message' } });
  });

  it('trains in a utility process, tells its page, serves the numbers and saves where the user says', async () => {
    const sample = (await request('images:open-sample', { name: 'brick' })) as { result: { id: string } };
    const training = {
      kind: 'reconstruct',
      imageId: sample.result.id,
      from: 'gradient',
      budget: { steps: 3 },
    };
    const { result } = (await request('jobs:start', training)) as { result: { jobId: string } };
    const { path, child } = electron.utilityProcess.forked.at(-1)!;
    expect(path).toBe(built('main/worker.js'));

    const { sent } = electron.BrowserWindow.all[0]!.webContents;
    const data = Float32Array.of(0.5, 0.25);
    child.emit('message', { type: 'preview', step: 1, width: 2, height: 1, channels: 1, data });
    const [, message] = sent.at(-1) as [string, { event: string; payload: { bufferId: string } }];
    expect(message.event).toBe('job:preview');
    const numbers = await fetchPage(`app://seamfield/buffers/${message.payload.bufferId}`);
    expect(new Float32Array(await numbers.arrayBuffer())).toEqual(data);

    child.emit('message', { type: 'finished', metrics: {} });
    electron.dialog.toSave = join(folder, 'saved.onnx');
    const saving = request('exports:save', { jobId: result.jobId, what: 'onnx' });
    await until(() => expect(child.received.at(-1)).toMatchObject([{ type: 'ask' }]));
    const [{ id }] = child.received.at(-1) as [{ id: number }];
    child.emit('message', {
      type: 'answer',
      id,
      envelope: { ok: true, result: { bytes: Uint8Array.of(1, 2) } },
    });
    expect(await saving).toEqual({ ok: true, result: { saved: true, name: 'saved.onnx' } });
    expect(await readFile(join(folder, 'saved.onnx'))).toEqual(Buffer.of(1, 2));
  });

  it('runs the page’s actions from its menu', () => {
    const file = electron.Menu.installed.find(({ label }) => label === '&File');
    file?.submenu?.find(({ label }) => label?.startsWith('Open'))?.click?.();
    expect(electron.BrowserWindow.all[0]!.webContents.sent.at(-1)).toEqual([
      'seamfield:event',
      { event: 'app:command', payload: { action: 'open' } },
    ]);
  });

  it('opens the projects that the system hands it, once its page is there', async () => {
    const { webContents } = electron.BrowserWindow.all[0]!;
    const path = join(folder, 'double-clicked.seamfield');
    await copyFile(join(root, 'tests/fixtures/projects/version-1.seamfield'), path);
    const preventDefault = vi.fn();
    const told = () =>
      webContents.sent.flatMap(([, message]) => {
        const { event, payload } = message as { event: string; payload: { projectId: string } };
        return event === 'app:open-project' ? [payload.projectId] : [];
      });
    electron.app.emit('open-file', { preventDefault }, path);
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(told()).toEqual([]);
    webContents.emit('did-finish-load');
    const [projectId = ''] = told();
    expect(await request('projects:open', { projectId })).toMatchObject({
      ok: true,
      result: { name: 'double-clicked' },
    });
    electron.app.emit('second-instance', {}, ['seamfield', '--flag', 'double-clicked.seamfield'], folder);
    expect(told()).toEqual([projectId, projectId]);
  });

  it('shows the folder of its logs', async () => {
    const answer = await request('app:show-logs', {});
    expect(answer).toMatchObject({ ok: true, result: { opened: true } });
    expect(electron.shell.shownFolders).toEqual([(answer as { result: { folder: string } }).result.folder]);
  });

  it('brings back a page that crashed', () => {
    const { webContents } = electron.BrowserWindow.all[0]!;
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(webContents.reloads).toBe(1);
  });

  it('stops bringing back a page that crashes again and again, and asks', async () => {
    const { webContents } = electron.BrowserWindow.all[0]!;
    electron.dialog.toMessage = 0;
    const crash = () => webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    while (electron.dialog.messages.length === 0 && webContents.reloads < 10) crash();
    expect(webContents.reloads).toBe(3);
    expect(electron.dialog.messages.splice(0)).toMatchObject([
      { message: 'Seamfield’s window keeps crashing.' },
    ]);
    // The answer was to try again.
    await until(() => expect(webContents.reloads).toBe(4));
  });

  it('asks before a page with unsaved edits is left', () => {
    const { webContents } = electron.BrowserWindow.all[0]!;
    const leave = (answer: number) => {
      electron.dialog.toMessage = answer;
      const preventDefault = vi.fn();
      webContents.emit('will-prevent-unload', { preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    expect([leave(0), leave(1)]).toEqual([false, true]);
    expect(electron.dialog.messages.map(({ message }) => message)).toEqual(
      Array<string>(2).fill('Leave this composition?'),
    );
  });

  it('ends its processes before it quits', async () => {
    for (const { child } of electron.utilityProcess.forked) {
      child.postMessage = (message: unknown) => {
        if ((message as { type: string }).type === 'cancel') child.emit('exit', 0);
      };
    }
    electron.app.quit();
    expect(electron.app.quits).toBe(0);
    await until(() => expect(electron.app.quits).toBe(1));
  });
});

describe('the built app, where it can’t start', () => {
  it('says why, and ends', async () => {
    vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
    vi.resetModules();
    try {
      await import(built('main/main.js'));
    } finally {
      vi.unstubAllEnvs();
    }
    expect(electron.dialog.errors).toMatchObject([
      {
        title: expect.stringMatching(/can’t start/) as string,
        content: expect.stringMatching(/TMPDIR/) as string,
      },
    ]);
    expect(electron.app.exitCode).toBe(1);
  });
});
