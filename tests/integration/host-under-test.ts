import { mkdtempSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { forkLauncher } from '../../src-main/jobs/fork.ts';
import type { Launch } from '../../src-main/jobs/port.ts';
import { startBrowserHost } from '../../src-main/server/host.ts';
import { dispatch } from '../../src-main/services/router.ts';
import { createServices } from '../../src-main/services/services.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import type { EventMessage } from '../../src-shared/contract/events.ts';
import * as electron from '../fixtures/fake-electron.ts';
import { built, root } from './seamfield.ts';

/** A host as its page sees it, whatever carries the messages. */
export interface HostUnderTest {
  request(channel: string, payload: unknown): Promise<Envelope<unknown>>;
  fetchBuffer(bufferId: string): Promise<ArrayBuffer>;
  onEvent(handler: (message: EventMessage) => void): void;
  close(): Promise<void>;
}

const version = '0.0.0';
const newDataFolder = () => mkdtempSync(join(tmpdir(), 'seamfield-data-'));

/** What a host is started with; a test may put its own in place. */
export interface HostParts {
  readonly launch: Launch;
  readonly samplesFolder: string;
}
const usual: HostParts = {
  launch: forkLauncher(built('main/worker.js')),
  samplesFolder: join(root, 'assets/samples'),
};

/** The services themselves, with no wire in between. */
export async function inProcess({ launch, samplesFolder } = usual): Promise<HostUnderTest> {
  const handlers: ((message: EventMessage) => void)[] = [];
  const services = createServices({
    host: 'browser',
    launch,
    samplesFolder,
    version,
    dataFolder: newDataFolder(),
    emit: (message) => handlers.forEach((handler) => handler(message)),
    deliver: ({ name }) => Promise.resolve({ saved: true, name }),
  });
  return Promise.resolve({
    request: (channel, payload) => dispatch(services.handlers, channel, payload),
    fetchBuffer: (id) => Promise.resolve(Uint8Array.from(services.buffers.get(id)!).buffer),
    onEvent: (handler) => void handlers.push(handler),
    close: () => services.close(),
  });
}

/** Over HTTP and a WebSocket. */
export async function overLoopback({ launch, samplesFolder } = usual): Promise<HostUnderTest> {
  const rendererFolder = built('renderer');
  const host = await startBrowserHost({
    port: 0,
    launch,
    rendererFolder,
    samplesFolder,
    version,
    dataFolder: newDataFolder(),
  });
  const { origin, pathname, search } = new URL(host.url);
  const ask = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    new Promise<{ cookie: string; bytes: Buffer }>((resolve, reject) => {
      const outgoing = httpRequest(origin + path, { method, headers: { origin, ...headers } }, (incoming) => {
        const chunks: Buffer[] = [];
        const cookie = incoming.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
        incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
        incoming.on('end', () => resolve({ cookie, bytes: Buffer.concat(chunks) }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const { cookie } = await ask('GET', pathname + search, {});
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/events`, { headers: { cookie, origin } });
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    async request(channel, payload) {
      const headers = { cookie, 'content-type': 'application/json' };
      const { bytes } = await ask('POST', `/rpc/${channel}`, headers, JSON.stringify(payload));
      return JSON.parse(bytes.toString()) as Envelope<unknown>;
    },
    async fetchBuffer(id) {
      return Uint8Array.from((await ask('GET', `/buffers/${id}`, { cookie })).bytes).buffer;
    },
    onEvent: (handler) =>
      void socket.on('message', (data: Buffer) => handler(JSON.parse(data.toString()) as EventMessage)),
    async close() {
      socket.terminate();
      await host.close();
    },
  };
}

/** The built app on a fake Electron, its utility processes played by Node's own. */
export async function onElectron(): Promise<HostUnderTest> {
  electron.utilityProcess.fork = (path) => {
    const child = new electron.FakeUtilityProcess();
    const port = forkLauncher(path)();
    child.postMessage = (message) => port.send(message as Parameters<typeof port.send>[0]);
    child.kill = () => (port.kill(), true);
    port.onMessage((message) => void child.emit('message', message));
    port.onExit(({ code }) => void child.emit('exit', code));
    return child;
  };
  await import(built('main/main.js'));
  const answer = electron.ipcMain.handlers.get('seamfield:request') as (
    ...args: unknown[]
  ) => Promise<Envelope<unknown>>;
  const senderFrame = { url: 'app://seamfield/', parent: null };
  const { webContents } = electron.BrowserWindow.all[0]!;
  return {
    request: (channel, payload) => answer({ senderFrame }, channel, payload),
    fetchBuffer: async (id) =>
      (
        await electron.protocol.handlers.get('app')!(new Request(`app://seamfield/buffers/${id}`))
      ).arrayBuffer(),
    onEvent: (handler) => {
      webContents.send = (_channel: unknown, message: unknown) => handler(message as EventMessage);
    },
    close: () =>
      new Promise((resolve) => {
        electron.app.once('will-quit', () => resolve());
        electron.app.quit();
      }),
  };
}
