import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';
import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { ImageSummary } from '../../src-shared/contract/schemas.ts';

/**
 * How the renderer reaches whichever host runs it. Everything above this interface is the same in both.
 *
 * Every method that fails rejects with a `SeamfieldError`.
 */
export interface Transport {
  request<C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>>;
  /** Returns the function that ends the subscription. */
  on<E extends EventName>(event: E, handler: (payload: EventOf<E>) => void): () => void;
  /** Let the user choose a photograph; null where they thought better of it. */
  chooseImage(): Promise<ImageSummary | null>;
  /** Hand the host a File that was dropped or pasted. */
  upload(file: File): Promise<ImageSummary>;
  /** The bytes behind a descriptor. */
  fetchBuffer(bufferId: string): Promise<ArrayBuffer>;
  /** Where the host only names a finished file (`exports:save` in a browser): have it saved. */
  download(url: string, name: string): void;
  /** Called with false when the host cannot be reached any more, with true when it can again. */
  onConnection(handler: (connected: boolean) => void): () => void;
}
