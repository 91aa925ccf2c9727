import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import type { ToWorker } from '../../src-main/jobs/protocol.ts';
import { startBrowserHost } from '../../src-main/server/host.ts';
import { built, root } from './seamfield.ts';
import { until } from '../until.ts';

it('refuses an upload that would be too much together with the others, however it comes, and gives room back', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'seamfield-room-'));
  const samplesFolder = join(root, 'assets/samples');
  const picture = await readFile(join(samplesFolder, 'moon.png'));
  const fork = forkLauncher(built('main/worker.js'));
  /** Questions to the process that looks at photographs, while they are held back. */
  let held: (() => void)[] | null = null;
  const host = await startBrowserHost({
    port: 0,
    launch: () => {
      const port = fork();
      const send = (message: ToWorker) => {
        if (held === null || message.type !== 'ask') port.send(message);
        else held.push(() => port.send(message));
      };
      return { ...port, send };
    },
    rendererFolder: built('renderer'),
    samplesFolder,
    version: '0.0.0',
    dataFolder,
    limits: { uploadBytes: Math.floor(1.5 * picture.length) },
  });
  const { origin, pathname, search } = new URL(host.url);
  const ask = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body: readonly Uint8Array[] = [],
  ) =>
    new Promise<{ cookie: string; text: string }>((resolve, reject) => {
      const outgoing = request(origin + path, { method, headers: { origin, ...headers } }, (incoming) => {
        let text = '';
        incoming.on('data', (chunk) => (text += String(chunk)));
        incoming.on('end', () =>
          resolve({ cookie: incoming.headers['set-cookie']?.[0]?.split(';')[0] ?? '', text }),
        );
      });
      outgoing.on('error', reject);
      for (const part of body) outgoing.write(part);
      outgoing.end();
    });
  try {
    const { cookie } = await ask('GET', pathname + search, {});
    // In parts, without a length in front.
    const upload = async (...body: readonly Uint8Array[]) => {
      const headers = { cookie, 'content-type': 'application/octet-stream' };
      const { text } = await ask('POST', '/uploads?name=a.png', headers, body);
      return JSON.parse(text) as { ok: boolean; result: { id: string }; error: { code: string } };
    };
    const closed = (imageId: string) =>
      ask('POST', '/rpc/images:close', { cookie, 'content-type': 'application/json' }, [
        Buffer.from(JSON.stringify({ imageIds: [imageId] })),
      ]);
    const abandoned = async (...body: readonly Uint8Array[]) => {
      const questions = (held = [] as (() => void)[]);
      const headers = { origin, cookie, 'content-type': 'application/octet-stream' };
      const outgoing = request(`${origin}/uploads?name=a.png`, { method: 'POST', headers });
      outgoing.on('error', () => undefined);
      outgoing.end(Buffer.concat(body));
      await until(() => expect(questions).toHaveLength(1));
      outgoing.destroy();
      // The host has heard of it once it answers another.
      await ask('POST', '/rpc/app:info', { cookie, 'content-type': 'application/json' }, [Buffer.from('{}')]);
      held = null;
      questions[0]!();
    };
    const half = picture.length >> 1;
    const parts = [picture.subarray(0, half), picture.subarray(half)];
    expect(await upload(new Uint8Array(picture.length))).toMatchObject({
      error: { code: 'unreadable-image' },
    });
    const first = await upload(...parts);
    expect(first).toMatchObject({ ok: true });
    expect(await upload(...parts)).toMatchObject({ ok: false, error: { code: 'busy' } });
    await closed(first.result.id);
    const second = await upload(...parts);
    expect(second).toMatchObject({ ok: true });
    await closed(second.result.id);
    // Whoever goes before the answer can't close what came of it.
    await abandoned(...parts);
    await until(async () => expect((await upload(...parts)).ok).toBe(true));
  } finally {
    await host.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
