import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers } from '../../src-shared/contract/channels.ts';
import { enclose } from '../../src-shared/contract/envelope.ts';
import type { FromWorker } from '../jobs/protocol.ts';
import { createServices } from './services.ts';
import type { Services } from './services.ts';

const info = { width: 6, height: 4, channels: 3, bitDepth: 8, format: 'png', hasAlpha: false } as const;
const limits = { openImages: 3, uploadBytes: 100, queuedTrainings: 2 };
const busy = { code: 'busy' };

let folder: string;
let services: Services;
let handlers: Handlers;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-limits-'));
  services = createServices({
    host: 'browser',
    version: '1.2.3',
    dataFolder: join(folder, 'data'),
    samplesFolder: folder,
    limits,
    // A process that finds every photograph good but those called bad, and trains for ever.
    launch: () => {
      let tell: (message: FromWorker) => void = () => undefined;
      let exit: (status: { code: number; signal: null }) => void = () => undefined;
      return {
        send(message) {
          if (message.type === 'cancel') exit({ code: 0, signal: null });
          if (message.type !== 'ask') return;
          const { id, question } = message;
          const isBad = 'image' in question && question.image.name === 'bad';
          void enclose(() => (isBad ? Promise.reject(new Error('bad')) : Promise.resolve(info))).then(
            (envelope) => tell({ type: 'answer', id, envelope } as FromWorker),
          );
        },
        onMessage: (handler) => void (tell = handler),
        onExit: (handler) => void (exit = handler),
        kill: () => exit({ code: 0, signal: null }),
      };
    },
    emit: () => undefined,
    deliver: ({ name }) => Promise.resolve({ saved: true, name }),
  });
  ({ handlers } = services);
});

afterEach(async () => {
  await services.close();
  await rm(folder, { recursive: true, force: true });
});

async function upload(name: string, bytes: number) {
  const room = services.uploads.open();
  room.take(bytes);
  const path = join(folder, name);
  await writeFile(path, new Uint8Array(bytes));
  return services.images.addUpload({ path, name }, room);
}
const openSample = () => handlers['images:open-sample']({ name: 'astronaut' });

describe('a host', () => {
  it('deletes an upload that became part of a work, and frees its room, once nobody reads it any more', async () => {
    const { id } = await upload('a.png', 40);
    const release = services.images.hold([id]);
    await services.images.moveTo(id, join(folder, 'kept'));
    expect([await readdir(folder), services.uploads.taken]).toEqual([expect.arrayContaining(['a.png']), 40]);
    await release();
    expect(services.uploads.taken).toBe(0);
    expect(await readdir(folder)).not.toContain('a.png');
    expect(services.images.has(id)).toBe(true);
  });

  it('opens so many photographs and no more, until one is closed', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, openSample));
    const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.id : []));
    expect(opened).toHaveLength(limits.openImages);
    await expect(openSample()).rejects.toMatchObject({
      ...busy,
      message: expect.stringContaining('close some') as string,
    });
    await handlers['images:close']({ imageIds: opened.slice(0, 1) });
    await expect(openSample()).resolves.toMatchObject({ width: 6 });
  });

  it('gives the place of a photograph that was refused to the next', async () => {
    for (let i = 0; i < 2 * limits.openImages; i++) await expect(upload('bad', 10)).rejects.toThrow('bad');
    await expect(openSample()).resolves.toBeDefined();
  });

  it('keeps so many bytes of uploads together, and has room again once they are closed or refused', async () => {
    const { id } = await upload('a', 60);
    await expect(upload('b', 60)).rejects.toMatchObject(busy);
    await expect(upload('bad', 40)).rejects.toThrow('bad');
    await upload('c', 40);
    expect(services.uploads.taken).toBe(100);
    await handlers['images:close']({ imageIds: [id] });
    expect(services.uploads.taken).toBe(40);
    expect(await readdir(folder)).not.toContain('a');
    await upload('b', 60);
  });

  it('lets so many trainings wait and no more, until one is cancelled', async () => {
    const { id: imageId } = await openSample();
    const start = () =>
      handlers['jobs:start']({ kind: 'reconstruct', imageId, from: 'gradient', budget: { seconds: 5 } });
    await start();
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, start));
    const waiting = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.jobId : [],
    );
    expect(waiting).toHaveLength(limits.queuedTrainings);
    await expect(start()).rejects.toMatchObject({
      ...busy,
      message: expect.stringContaining('cancel some') as string,
    });
    await handlers['jobs:cancel']({ jobId: waiting[0]! });
    await expect(start()).resolves.toMatchObject({ position: limits.queuedTrainings });
  });
});
