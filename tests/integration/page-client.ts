import { request as httpRequest } from 'node:http';
import { open } from '../../src-shared/contract/envelope.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract/channels.ts';

/** A page of a host at `address`, as far as requests go. */
export async function client(address: string) {
  const { origin, pathname, search } = new URL(address);
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    new Promise<{ cookie: string; text: string }>((resolve, reject) => {
      const outgoing = httpRequest(origin + path, { method, headers: { origin, ...headers } }, (incoming) => {
        const chunks: Buffer[] = [];
        const cookie = incoming.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
        incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
        incoming.on('end', () => resolve({ cookie, text: Buffer.concat(chunks).toString() }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const { cookie } = await send('GET', pathname + search, {});
  return async <C extends Channel>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> => {
    const headers = { cookie, 'content-type': 'application/json' };
    const { text } = await send('POST', `/rpc/${channel}`, headers, JSON.stringify(payload));
    return open(JSON.parse(text) as Envelope<ResponseOf<C>>);
  };
}
