import { mkdtemp, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import { startBrowserHost } from '../../src-main/server/host.ts';
import type { BrowserHost } from '../../src-main/server/host.ts';
import { channels } from '../../src-shared/contract/channels.ts';
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { open } from '../../src-shared/contract/envelope.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import { contentSecurityPolicy } from '../../src-shared/contract/http.ts';
import { built, builtWorkers, root } from './seamfield.ts';

let host: BrowserHost;
let origin: string;
let cookie: string;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request, with exactly the headers that are given. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Uint8Array | string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(origin + path, { method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const own = () => ({ cookie, origin, 'content-type': 'application/json' });
const envelopeOf = ({ body }: Answer) => JSON.parse(body.toString()) as Envelope<unknown>;

async function rpc<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> {
  const answer = await ask('POST', `/rpc/${channel}`, own(), JSON.stringify(payload));
  expect(answer.status).toBe(200);
  return v.parse(
    channels[channel].response as v.GenericSchema<unknown, ResponseOf<C>>,
    open(envelopeOf(answer)),
  );
}

beforeAll(async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  host = await startBrowserHost({
    port: 0,
    launch: forkLauncher(built('main/worker.js')),
    rendererFolder: built('renderer'),
    samplesFolder: join(root, 'assets/samples'),
    version,
    dataFolder: await mkdtemp(join(tmpdir(), 'seamfield-data-')),
  });
  const url = new URL(host.url);
  origin = url.origin;
  const admitted = await ask('GET', url.pathname + url.search);
  expect(admitted).toMatchObject({ status: 303, headers: { location: '/' } });
  cookie = admitted.headers['set-cookie']![0]!.split(';')[0]!;
});
afterAll(() => host.close());

describe('the browser host', () => {
  it('listens on loopback alone', () => {
    expect(new URL(origin).hostname).toBe('127.0.0.1');
  });

  it('admits one browser: the printed address works once', async () => {
    const url = new URL(host.url);
    const search = `?token=${new URL(origin).port}`;
    expect((await ask('GET', url.pathname + url.search)).status).toBe(403);
    expect((await ask('GET', `/${search}`)).status).toBe(403);
  });

  it('serves the page under the content security policy', async () => {
    const page = await ask('GET', '/', { cookie });
    expect(page).toMatchObject({
      status: 200,
      headers: { 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff' },
    });
    expect(page.body.toString()).toContain('<title>Seamfield</title>');
  });

  it('serves the page’s workers as scripts under the same policy', async () => {
    const workers = await builtWorkers();
    expect(workers.length).toBeGreaterThan(0);
    for (const path of workers) {
      expect(await ask('GET', path, { cookie })).toMatchObject({
        status: 200,
        headers: {
          'content-type': 'text/javascript; charset=utf-8',
          'content-security-policy': contentSecurityPolicy,
        },
      });
    }
  });

  it.each<[string, () => Promise<Answer>, number]>([
    ['the page without a cookie', () => ask('GET', '/'), 403],
    ['the page under a name of another site', () => ask('GET', '/', { cookie, host: 'evil.example' }), 403],
    [
      'a request of another origin',
      () => ask('POST', '/rpc/jobs:list', { ...own(), origin: 'http://evil.example' }, '{}'),
      403,
    ],
    [
      'a request of no origin',
      () => ask('POST', '/rpc/jobs:list', { cookie, 'content-type': 'application/json' }, '{}'),
      403,
    ],
    [
      'a form of another site',
      () => ask('POST', '/rpc/jobs:list', { ...own(), 'content-type': 'text/plain' }, '{}'),
      415,
    ],
    ['a picture on another site', () => ask('GET', '/', { cookie, 'sec-fetch-site': 'cross-site' }), 403],
    ['an unknown channel', () => ask('POST', '/rpc/jobs:destroy', own(), '{}'), 404],
    [
      'the preload’s own channel',
      () => ask('POST', '/rpc/images:import-path', own(), '{"path":"/etc/passwd"}'),
      404,
    ],
    ['a request that is not JSON', () => ask('POST', '/rpc/jobs:list', own(), '{'), 400],
    ['a request that is too large', () => ask('POST', '/rpc/jobs:list', own(), 'x'.repeat(2 ** 20 + 1)), 413],
    ['a file outside the page', () => ask('GET', '/../main/cli.js', { cookie }), 404],
    ['an encoded way out', () => ask('GET', '/%2e%2e%2fmain%2fcli.js', { cookie }), 404],
    ['another method', () => ask('DELETE', '/', own()), 405],
    ['numbers that were never there', () => ask('GET', '/buffers/none', { cookie }), 404],
  ])('refuses %s, in an envelope', async (_, asked, status) => {
    const answer = await asked();
    expect(answer.status).toBe(status);
    expect(envelopeOf(answer)).toMatchObject({ ok: false });
  });

  it.each([
    ['of another origin', () => ({ cookie, origin: 'http://evil.example' })],
    ['without a cookie', () => ({ origin })],
  ])('tells its events to nobody %s', async (_, headers) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/events`, { headers: headers() });
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('open', () => resolve('open'));
    });
    expect(status).toBe(403);
  });

  it('outlives whoever asks for events and is gone before the answer', async () => {
    const { port, host: name } = new URL(origin);
    const upgrade =
      `GET /events HTTP/1.1\r\nHost: ${name}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    for (let i = 0; i < 100; i++) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      await once(socket, 'connect');
      // Bytes that nobody reads have the connection reset.
      socket.write(upgrade + 'x'.repeat(70_000), () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    expect((await ask('GET', '/', { cookie })).status).toBe(200);
  });

  it('opens an uploaded photograph, and says what is wrong with one that is none', async () => {
    const headers = { ...own(), 'content-type': 'application/octet-stream' };
    const bytes = await readFile(join(root, 'assets/samples/coffee.png'));
    const opened = await ask('POST', `/uploads?name=${encodeURIComponent('../käffe.png')}`, headers, bytes);
    expect(open(envelopeOf(opened))).toMatchObject({
      name: '..käffe.png',
      width: 600,
      height: 400,
      channels: 3,
    });
    const refused = await ask('POST', '/uploads?name=a.png', headers, 'no image');
    expect(refused.status).toBe(200);
    expect(envelopeOf(refused)).toMatchObject({
      ok: false,
      error: { code: 'unreadable-image', message: expect.stringContaining('a.png') as string },
    });
  });

  it('keeps what a record will name, and looks at none of it', async () => {
    const headers = { ...own(), 'content-type': 'application/octet-stream' };
    const part = await ask('POST', '/uploads?as=part', headers, 'no image');
    expect(open(envelopeOf(part))).toEqual({ partId: expect.any(String) as string });
  });

  it('trains from a request to a file, with events on the way', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/events`, { headers: { cookie, origin } });
    const messages: EventMessage[] = [];
    const over = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as EventMessage;
        messages.push(message);
        if (message.event === 'job:finished' || message.event === 'job:failed') resolve();
      });
    });
    await new Promise((resolve) => socket.on('open', resolve));

    const { id } = await rpc('images:open-sample', { name: 'moon' });
    const request = {
      kind: 'reconstruct',
      imageId: id,
      from: 'gradient',
      size: 32,
      hidden: 16,
      budget: { steps: 40 },
    } as const;
    const { jobId } = await rpc('jobs:start', request);
    await over;
    socket.close();
    expect(messages.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['job:started', 'job:progress', 'job:preview']),
    );
    expect(messages.at(-1)).toMatchObject({
      event: 'job:finished',
      payload: { jobId, metrics: { steps: 40 } },
    });

    const { bufferId, ...descriptor } = await rpc('jobs:view', { jobId, of: 'network', view: 'dy' });
    expect(descriptor).toEqual({ width: 32, height: 32, channels: 1, dtype: 'f32' });
    const numbers = await ask('GET', `/buffers/${bufferId}`, { cookie });
    expect(numbers.body).toHaveLength(4 * 32 * 32);

    const seen = await rpc('images:view', { imageId: id, view: 'dx', size: 32 });
    expect(seen).toMatchObject({ width: 32, height: 32, channels: 1 });

    const { url, name } = await rpc('exports:save', { jobId, what: 'png', scale: 2 });
    expect(name).toBe('moon-seamfield.png');
    const file = await ask('GET', url!, { cookie });
    expect(file.headers['content-disposition']).toContain('filename="moon-seamfield.png"');
    expect(file.body.subarray(1, 4).toString()).toBe('PNG');
    expect(file.body.readUInt32BE(16)).toBe(64);
  });
});
