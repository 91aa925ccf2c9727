import { open, type Envelope } from '../../src-shared/contract/envelope.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { routes } from '../../src-shared/contract/http.ts';
import { strings } from '../strings.ts';

/** What is thrown where no host answers. */
export const lost = () => new SeamfieldError('internal', strings.status.lost);

/** `fetch` whose network errors are sentences. */
export async function reach(input: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch {
    throw lost();
  }
}

/** The result in the answer's envelope, or its error thrown. */
export async function openResponse<T>(response: Response): Promise<T> {
  let envelope: Envelope<T>;
  try {
    envelope = (await response.json()) as Envelope<T>;
  } catch {
    throw lost();
  }
  return open(envelope);
}

/** The bytes of `/buffers/<id>`, the same in both hosts. */
export async function fetchBuffer(bufferId: string): Promise<ArrayBuffer> {
  const response = await reach(routes.buffers + encodeURIComponent(bufferId));
  return response.ok ? await response.arrayBuffer() : await openResponse<never>(response);
}
