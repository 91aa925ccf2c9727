import type { Bridge } from '../../src-shared/contract/bridge.ts';
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import { open } from '../../src-shared/contract/envelope.ts';
import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { OpenWork } from '../../src-shared/contract/project-schemas.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import { fetchBuffer } from './fetch-buffer.ts';
import { Listeners } from './listeners.ts';
import type { BufferChannel, ChosenFile, Transport, WithBytes } from './transport.ts';

/** Requests and events over the preload's bridge; buffers over the app's own protocol. */
export class ElectronTransport implements Transport {
  readonly #bridge: Bridge;
  readonly #listeners = new Listeners();
  readonly #subscribed = new Set<EventName>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async request<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> {
    return open(await this.#bridge.invoke(channel, payload));
  }

  async requestBuffer<C extends BufferChannel>(channel: C, payload: RequestOf<C>): Promise<WithBytes<C>> {
    const answer = await this.request(channel, payload);
    return { answer, bytes: await fetchBuffer(answer.bufferId) };
  }

  on<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void {
    if (!this.#subscribed.has(event)) {
      this.#subscribed.add(event);
      this.#bridge.on(event, (payload) => this.#listeners.tell(event, payload));
    }
    return this.#listeners.add(event, handler);
  }

  chooseImage(): Promise<ImageSummary | null> {
    return this.request('images:dialog', {});
  }

  async upload(file: File): Promise<ImageSummary> {
    return open(await this.#bridge.importFile(file));
  }

  async uploadPart(bytes: Blob): Promise<string> {
    return open(await this.#bridge.importPart(new Uint8Array(await bytes.arrayBuffer()))).partId;
  }

  /** Its dialog shows both; the choice tells. */
  async chooseAny(): Promise<ChosenFile | null> {
    const chosen = await this.request('projects:choose', {});
    if (chosen === null || 'image' in chosen) return chosen;
    const { projectId } = chosen.project;
    return { project: () => this.request('projects:open', { projectId }) };
  }

  async uploadProject(file: File): Promise<OpenWork> {
    const { projectId } = open(await this.#bridge.importProject(file));
    return this.request('projects:open', { projectId });
  }

  fetchBuffer(bufferId: string): Promise<ArrayBuffer> {
    return fetchBuffer(bufferId);
  }

  /** Electron's save dialog has already done it. */
  download(): void {}

  /** Main and renderer live and die together: connected as soon as somebody asks. */
  onConnection(handler: (connected: boolean) => void): () => void {
    let listening = true;
    queueMicrotask(() => {
      if (listening) handler(true);
    });
    return () => {
      listening = false;
    };
  }
}
