/** Puts the bridge of src-shared/contract/bridge.ts into the page, and nothing beside it. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { Bridge } from '../../src-shared/contract/bridge.ts';
import { isChannel } from '../../src-shared/contract/channels.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import { isEventName } from '../../src-shared/contract/events.ts';
import type { EventMessage, EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { ProjectEntry } from '../../src-shared/contract/project-schemas.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';

function refuse<T>(code: ErrorCode, message: string): Envelope<T> {
  return { ok: false, error: new SeamfieldError(code, message).toEnvelope() };
}

async function request<T>(channel: string, payload: unknown): Promise<Envelope<T>> {
  try {
    return (await ipcRenderer.invoke('seamfield:request', channel, payload)) as Envelope<T>;
  } catch {
    return refuse('internal', 'Seamfield does not answer. Close it and start it again.');
  }
}

const bridge: Bridge = {
  invoke: (channel, payload) =>
    isChannel(channel)
      ? request(channel, payload)
      : Promise.resolve(refuse('unknown-channel', 'There is no such channel.')),

  on<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void {
    if (!isEventName(event)) return () => undefined;
    const listen = (_event: IpcRendererEvent, message: EventMessage) => {
      if (message.event === event) handler(message.payload as EventOf<E>);
    };
    ipcRenderer.on('seamfield:event', listen);
    return () => void ipcRenderer.off('seamfield:event', listen);
  },

  async importFile(file) {
    const path = webUtils.getPathForFile(file);
    if (path !== '') return request<ImageSummary>('images:import-path', { path });
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return await request<ImageSummary>('images:import-bytes', { name: file.name, bytes });
    } catch {
      return refuse('not-a-file', 'This is no file that can be read; save it first, then drop the file.');
    }
  },

  importPart: (bytes) => request('projects:import-part', { bytes }),

  importProject(file) {
    const path = webUtils.getPathForFile(file);
    if (path !== '') return request<ProjectEntry>('projects:import-path', { path });
    return Promise.resolve(
      refuse('not-a-file', 'This project lies on no disk; save it first, then drop the file.'),
    );
  },
};

contextBridge.exposeInMainWorld('seamfield', bridge);
