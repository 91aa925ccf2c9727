import type { Channel, RequestOf, ResponseOf } from './channels.ts';
import type { Envelope } from './envelope.ts';
import type { EventName, EventOf } from './events.ts';
import type { ProjectEntry } from './project-schemas.ts';
import type { ImageSummary } from './image-schemas.ts';

/**
 * What Electron's preload exposes as `window.seamfield`, and nothing beside it.
 *
 * IPC: one `ipcRenderer.invoke('seamfield:request', channel, payload)` that answers an `Envelope`, and one
 * `ipcRenderer.on('seamfield:event', (_, message: EventMessage))`.
 */
export interface Bridge {
  /** Refuses, with `unknown-channel`, a channel that is not in `channels`. Never rejects. */
  invoke<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<Envelope<ResponseOf<C>>>;
  /** Returns the function that ends the subscription. */
  on<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void;
  /**
   * Hands main a File that the user dropped by its path (`images:import-path`), which stays inside the preload; one
   * that lies on no disk, pasted or made by the page, by its bytes (`images:import-bytes`).
   */
  importFile(file: File): Promise<Envelope<ImageSummary>>;
  /** Likewise a project (`projects:import-path`), which is opened by the handle that this answers with. */
  importProject(file: File): Promise<Envelope<ProjectEntry>>;
  /** Bytes that a `projects:record` will name. */
  importPart(bytes: Uint8Array): Promise<Envelope<{ readonly partId: string }>>;
}
