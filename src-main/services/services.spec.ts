import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { channels } from '../../src-shared/contract/channels.ts';
import { enclose } from '../../src-shared/contract/envelope.ts';
import { events } from '../../src-shared/contract/events.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import { photographInfo } from '../jobs/pipeline/inputs/photograph-info.ts';
import type { ExitStatus } from '../jobs/port.ts';
import type { FromWorker, ToWorker } from '../jobs/protocol.ts';
import type { MadeFile } from './ports.ts';
import { createServices } from './services.ts';
import type { Services } from './services.ts';

const samplesFolder = fileURLToPath(new URL('../../assets/samples', import.meta.url));

/** A process that records what it is told, and only looks at photographs. */
class Child {
  readonly sent: ToWorker[] = [];
  tell: (message: FromWorker) => void = () => undefined;
  exit: (status: ExitStatus) => void = () => undefined;
}

let dataFolder: string;
let children: Child[];
let told: EventMessage[];
let made: MadeFile[];
let services: Services;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'seamfield-services-'));
  children = [];
  told = [];
  made = [];
  services = createServices({
    host: 'browser',
    version: '1.2.3',
    dataFolder,
    samplesFolder,
    launch: () => {
      const child = new Child();
      return {
        send(message) {
          if (message.type === 'begin') children.push(child);
          if (message.type === 'ask' && message.question.kind === 'image-info') {
            const { id, question } = message;
            void enclose(() => photographInfo(question)).then((envelope) =>
              child.tell({ type: 'answer', id, envelope }),
            );
            return;
          }
          child.sent.push(message);
          if (message.type === 'cancel') child.exit({ code: 0, signal: null });
        },
        onMessage: (handler) => void (child.tell = handler),
        onExit: (handler) => void (child.exit = handler),
        kill: () => child.exit({ code: null, signal: 'SIGKILL' }),
      };
    },
    emit: (message) => void told.push(message),
    deliver: (file) => {
      made.push(file);
      return Promise.resolve({ saved: true, name: file.name });
    },
  });
});

afterEach(async () => {
  await services.close();
  await rm(dataFolder, { recursive: true, force: true });
});

async function startJob() {
  const { id } = await services.handlers['images:open-sample']({ name: 'astronaut' });
  const { jobId } = await services.handlers['jobs:start']({
    kind: 'reconstruct',
    imageId: id,
    from: 'gradient',
    budget: { seconds: 5 },
  });
  return { jobId, imageId: id, child: children.at(-1)! };
}

const progress = {
  step: 3,
  fraction: 0.1,
  loss: 0.5,
  learningRate: 1e-3,
  stepsPerSecond: 10,
  secondsElapsed: 0.3,
  secondsLeft: 4,
};
const point = { step: 3, seconds: 0.3, loss: 0.5 };

describe('the services', () => {
  it('open every sample they list, with the size they list', async () => {
    for (const { name, width, height } of await services.handlers['images:list-samples']({})) {
      const summary = await services.handlers['images:open-sample']({ name });
      expect(v.parse(channels['images:open-sample'].response, summary)).toMatchObject({ width, height });
    }
  });

  it('say what machine they run on, as the contract has it', async () => {
    const info = v.parse(channels['app:info'].response, await services.handlers['app:info']({}));
    expect(info).toMatchObject({ version: '1.2.3', host: 'browser' });
    expect(Object.keys(info.versions)).toEqual(expect.arrayContaining(['node', 'onnxruntime', 'sharp']));
  });

  it('hand a training the file behind its handle, and no path to the page', async () => {
    const { child, jobId } = await startJob();
    expect(child.sent[0]).toMatchObject({
      type: 'begin',
      task: {
        kind: 'reconstruct',
        previews: true,
        image: { name: 'astronaut.png', path: expect.stringContaining('samples') as string },
      },
    });
    expect(JSON.stringify(await services.handlers['jobs:get']({ jobId }))).not.toContain('assets');
  });

  it('tell each step of a training in events that their schemas accept', async () => {
    const { child, jobId } = await startJob();
    child.tell({ type: 'started', width: 8, height: 6, notes: [] });
    child.tell({ type: 'progress', progress, curve: [point], psnr: 30 });
    child.tell({ type: 'preview', step: 3, width: 8, height: 6, channels: 3, data: new Float32Array(144) });
    child.tell({ type: 'paused' });
    child.tell({ type: 'finished', metrics: { psnr: 40, steps: 3 } });
    expect(told.map(({ event }) => event)).toEqual([
      'job:started',
      'job:progress',
      'job:preview',
      'job:paused',
      'job:finished',
    ]);
    for (const { event, payload } of told) expect(v.safeParse(events[event], payload).success).toBe(true);
    const detail = v.parse(channels['jobs:get'].response, await services.handlers['jobs:get']({ jobId }));
    expect(detail).toMatchObject({ state: 'finished', width: 8, curve: [point], metrics: { psnr: 40 } });
  });

  it('keep one preview a job: the one before is gone', async () => {
    const { child } = await startJob();
    const preview = { type: 'preview', width: 1, height: 1, channels: 1, data: Float32Array.of(1) } as const;
    child.tell({ ...preview, step: 1 });
    child.tell({ ...preview, step: 2 });
    const ids = told.flatMap((message) =>
      message.event === 'job:preview' ? [message.payload.bufferId] : [],
    );
    expect(ids.map((id) => services.buffers.get(id) !== undefined)).toEqual([false, true]);
  });

  it('tell of a cancelled training at once, and of nothing after it', async () => {
    const { child, jobId } = await startJob();
    await services.handlers['jobs:cancel']({ jobId });
    child.tell({ type: 'finished', metrics: {} });
    expect(told).toMatchObject([{ event: 'job:failed', payload: { error: { code: 'cancelled' } } }]);
    expect(await services.handlers['jobs:get']({ jobId })).toMatchObject({ state: 'cancelled' });
  });

  it('report a training whose process was killed as such', async () => {
    const { child, jobId } = await startJob();
    child.exit({ code: null, signal: 'SIGKILL' });
    expect(told).toMatchObject([{ event: 'job:failed', payload: { jobId, error: { code: 'job-died' } } }]);
    expect(await services.handlers['jobs:list']({})).toMatchObject([{ jobId, state: 'failed' }]);
  });

  it('name an exported view after the photograph and what it shows', async () => {
    const { child, jobId } = await startJob();
    child.tell({ type: 'finished', metrics: {} });
    const saved = services.handlers['exports:save']({ jobId, what: 'tiff', view: 'magnitude', scale: 2 });
    const ask = child.sent.find((message) => message.type === 'ask')!;
    expect(ask).toMatchObject({ question: { kind: 'picture', format: 'tiff', view: 'magnitude', scale: 2 } });
    child.tell({ type: 'answer', id: ask.id, envelope: { ok: true, result: { bytes: Uint8Array.of(1) } } });
    expect(await saved).toEqual({ saved: true, name: 'astronaut-seamfield-magnitude.tif' });
    expect(made).toMatchObject([{ type: 'image/tiff', bytes: Uint8Array.of(1) }]);
  });

  it('tell where an export is, and hand nothing over once it is cancelled', async () => {
    const { child, jobId } = await startJob();
    child.tell({ type: 'finished', metrics: {} });
    const request = { jobId, what: 'avif', bitDepth: 10, quality: 70, ticket: 't' } as const;
    const saving = services.handlers['exports:save'](request);
    const refused = expect(saving).rejects.toMatchObject({ code: 'cancelled' });
    const ask = child.sent.find((message) => message.type === 'ask')!;
    expect(ask).toMatchObject({ question: { kind: 'picture', format: 'avif', bitDepth: 10, quality: 70 } });
    child.tell({ type: 'work', id: ask.id, stage: 'computing', share: 0.5 });
    child.tell({ type: 'work', id: ask.id, stage: 'writing' });
    expect(told.slice(1)).toEqual([
      { event: 'request:progress', payload: { ticket: 't', stage: 'computing', share: 0.5 } },
      { event: 'request:progress', payload: { ticket: 't', stage: 'writing' } },
    ]);
    await services.handlers['requests:cancel']({ ticket: 't' });
    await refused;
    child.tell({ type: 'answer', id: ask.id, envelope: { ok: true, result: { bytes: Uint8Array.of(1) } } });
    expect(child.sent.at(-1)).toEqual({ type: 'drop', id: ask.id });
    expect(made).toEqual([]);
    // Too late it does nothing.
    expect(await services.handlers['requests:cancel']({ ticket: 't' })).toEqual({});
  });

  it.each([
    ['a photograph', () => services.handlers['images:get']({ imageId: 'none' })],
    ['a job', () => services.handlers['jobs:get']({ jobId: 'none' })],
    ['a sample', () => services.handlers['images:open-sample']({ name: '../LICENSES' })],
  ])('refuse the handle of %s they never gave', async (_, ask) => {
    await expect((async () => ask())()).rejects.toMatchObject({ code: 'unknown-handle' });
  });

  it('leave choosing a file to the page, in a browser', async () => {
    await expect((async () => services.handlers['images:dialog']({}))()).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('end every process when they close', async () => {
    const { child } = await startJob();
    child.tell({ type: 'finished', metrics: {} });
    await startJob();
    await services.close();
    expect(children.map(({ sent }) => sent.at(-1)?.type)).toContain('cancel');
    expect(children.every(({ sent }) => sent.at(-1)?.type === 'cancel')).toBe(true);
  });

  it('keep the latest few finished jobs and end the processes of older ones', async () => {
    for (let i = 0; i < 10; i++) (await startJob()).child.tell({ type: 'finished', metrics: {} });
    expect(await services.handlers['jobs:list']({})).toHaveLength(8);
    expect(children.slice(0, 2).every(({ sent }) => sent.at(-1)?.type === 'cancel')).toBe(true);
  });
});

describe('what outlives a visit', () => {
  it('is what the user set, for the next one too', async () => {
    const { settings, isFresh } = await services.handlers['settings:get']({});
    expect(isFresh).toBe(true);
    await services.handlers['settings:set']({ ...settings, theme: 'dark' });
    expect(await services.handlers['settings:get']({})).toEqual({
      settings: { ...settings, theme: 'dark' },
      isFresh: false,
    });
    expect(await readFile(join(dataFolder, 'settings.json'), 'utf8')).toContain('"dark"');
  });

  it('is a log of faults that names no photograph and no place', async () => {
    const { child, jobId } = await startJob();
    child.exit({ code: null, signal: 'SIGKILL' });
    await expect(services.handlers['jobs:view']({ jobId, of: 'network', view: 'value' })).rejects.toThrow();
    await services.close();
    const { folder, opened } = await services.handlers['app:show-logs']({});
    expect([folder, opened]).toEqual([join(dataFolder, 'logs'), false]);
    const text = await readFile(join(folder, 'seamfield.log'), 'utf8');
    expect(text).toContain('"event":"start"');
    expect(text).toContain('job-died');
    expect(text).not.toMatch(/astronaut|samples/);
  });
});
