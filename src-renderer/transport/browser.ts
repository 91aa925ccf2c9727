import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { open, type Envelope } from '../../src-shared/contract/envelope.ts';
import { isEventName, type EventName, type EventOf } from '../../src-shared/contract/events.ts';
import { routes } from '../../src-shared/contract/http.ts';
import type { OpenWork } from '../../src-shared/contract/project-schemas.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import { chooseFile } from './choose-file.ts';
import { InWorker } from '../workers/in-worker.ts';
import { asJson, exchange } from './exchange.ts';
import { fetchBuffer, lost, openResponse, reach } from './fetch-buffer.ts';
import { Listeners } from './listeners.ts';
import {
  projectEnding,
  type BufferChannel,
  type ChosenFile,
  type Transport,
  type WithBytes,
} from './transport.ts';

const reconnectAfter = 1000;

/** Requests over `POST /rpc/`, events over one WebSocket that reconnects by itself. */
export class BrowserTransport implements Transport {
  readonly #listeners = new Listeners();
  /** A fetch takes the thread that makes it milliseconds. */
  readonly #exchanger = new InWorker(
    () => new Worker(new URL('./exchange-worker.ts', import.meta.url), { type: 'module' }),
    exchange,
  );
  readonly #connection = new Set<(connected: boolean) => void>();

  constructor() {
    this.#listen();
  }

  async request<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> {
    const response = await reach(routes.rpc + channel, asJson(JSON.stringify(payload)));
    return await openResponse<ResponseOf<C>>(response);
  }

  async requestBuffer<C extends BufferChannel>(channel: C, payload: RequestOf<C>): Promise<WithBytes<C>> {
    const asked = { path: routes.rpc + channel, body: JSON.stringify(payload) };
    const { envelope, bytes } = await this.#exchanger.ask(asked);
    if (envelope === undefined) throw lost();
    const answer = open(envelope as Envelope<ResponseOf<C>>);
    if (bytes === undefined) throw lost();
    return { answer, bytes };
  }

  on<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void {
    return this.#listeners.add(event, handler);
  }

  async chooseImage(): Promise<ImageSummary | null> {
    const file = await chooseFile('image/*');
    return file === null ? null : await this.upload(file);
  }

  upload(file: File): Promise<ImageSummary> {
    return this.#upload(`name=${encodeURIComponent(file.name)}`, file);
  }

  async uploadPart(bytes: Blob): Promise<string> {
    return (await this.#upload<{ partId: string }>('as=part', bytes)).partId;
  }

  async chooseAny(onlyProjects: boolean): Promise<ChosenFile | null> {
    const file = await chooseFile(onlyProjects ? projectEnding : `image/*,${projectEnding}`);
    if (file === null) return null;
    if (file.name.endsWith(projectEnding)) return { project: () => this.uploadProject(file) };
    return { image: await this.upload(file) };
  }

  uploadProject(file: File): Promise<OpenWork> {
    return this.#upload(`as=project&name=${encodeURIComponent(file.name)}`, file);
  }

  fetchBuffer(bufferId: string): Promise<ArrayBuffer> {
    return fetchBuffer(bufferId);
  }

  download(url: string, name: string): void {
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
  }

  onConnection(handler: (connected: boolean) => void): () => void {
    this.#connection.add(handler);
    return () => this.#connection.delete(handler);
  }

  async #upload<T>(as: string, body: Blob): Promise<T> {
    const response = await reach(`${routes.uploads}?${as}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
    return await openResponse<T>(response);
  }

  #listen(): void {
    const address = new URL(routes.events, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    socket.addEventListener('open', () => this.#tellConnection(true));
    socket.addEventListener('message', ({ data }) => {
      const message: unknown = JSON.parse(String(data));
      if (typeof message !== 'object' || message === null) return;
      const { event, payload } = message as { event?: unknown; payload?: unknown };
      if (typeof event === 'string' && isEventName(event)) this.#listeners.tell(event, payload);
    });
    socket.addEventListener('close', () => {
      this.#tellConnection(false);
      setTimeout(() => this.#listen(), reconnectAfter);
    });
  }

  #tellConnection(connected: boolean): void {
    for (const handler of this.#connection) handler(connected);
  }
}
