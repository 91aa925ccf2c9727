import { routes } from '../../src-shared/contract/http.ts';

/** A request whose answer names a buffer. */
export interface Asked {
  /** The path of its channel. */
  readonly path: string;
  /** JSON. */
  readonly body: string;
}

/** The answer's envelope as it came, and what is behind the buffer that it names, where it does; nothing where no host is there. */
export interface Exchanged {
  readonly envelope?: unknown;
  readonly bytes?: ArrayBuffer;
}

/** How a request goes to a browser's host. */
export const asJson = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});

/** Asks a browser's host for something and for the buffer that its answer names. Never rejects. */
export async function exchange({ path, body }: Asked): Promise<Exchanged> {
  try {
    const envelope: unknown = await (await fetch(path, asJson(body))).json();
    const bufferId = bufferIn(envelope);
    if (bufferId === undefined) return { envelope };
    const buffer = await fetch(routes.buffers + encodeURIComponent(bufferId));
    return buffer.ok ? { envelope, bytes: await buffer.arrayBuffer() } : { envelope: await buffer.json() };
  } catch {
    return {};
  }
}

function bufferIn(envelope: unknown): string | undefined {
  const { result } = (envelope ?? {}) as { readonly result?: { readonly bufferId?: unknown } };
  return typeof result?.bufferId === 'string' ? result.bufferId : undefined;
}
