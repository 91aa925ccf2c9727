import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { OpenWork } from '../../src-shared/contract/project-schemas.ts';
import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';

/** What a user chose; a project is opened only when asked for. */
export type ChosenFile = { readonly image: ImageSummary } | { readonly project: () => Promise<OpenWork> };

/** The channels whose answers name a buffer. */
export type BufferChannel = {
  [C in Channel]: ResponseOf<C> extends { readonly bufferId: string } ? C : never;
}[Channel];

/** An answer, and the bytes of the buffer that it names. */
export interface WithBytes<C extends BufferChannel> {
  readonly answer: ResponseOf<C>;
  readonly bytes: ArrayBuffer;
}

/** How a project's file ends. */
export const projectEnding = '.seamfield';

/**
 * How the renderer reaches whichever host runs it. Everything above this interface is the same in both.
 *
 * Every method that fails rejects with a `SeamfieldError`.
 */
export interface Transport {
  request<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>>;
  /** The same, and the buffer that is answered with fetched at once: for what is asked many times a second. */
  requestBuffer<C extends BufferChannel>(channel: C, payload: RequestOf<C>): Promise<WithBytes<C>>;
  /** Returns the function that ends the subscription. */
  on<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void;
  /** Let the user choose a photograph; null where they thought better of it. */
  chooseImage(): Promise<ImageSummary | null>;
  /** Hand the host a File that was dropped or pasted. */
  upload(file: File): Promise<ImageSummary>;
  /** Send bytes ahead of the `projects:record` that will name them, by the handle that this resolves with. */
  uploadPart(bytes: Blob): Promise<string>;
  /** Let the user choose a photograph or a project; null where they thought better of it. */
  chooseAny(onlyProjects: boolean): Promise<ChosenFile | null>;
  /** Open a project's File that was dropped. */
  uploadProject(file: File): Promise<OpenWork>;
  /** The bytes behind a descriptor. */
  fetchBuffer(bufferId: string): Promise<ArrayBuffer>;
  /** Where the host only names a finished file (`exports:save` in a browser): have it saved. */
  download(url: string, name: string): void;
  /** Called with false when the host cannot be reached any more, with true when it can again. */
  onConnection(handler: (connected: boolean) => void): () => void;
}
