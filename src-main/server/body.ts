import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';

function tooLarge(limit: number): SeamfieldError {
  const size = limit >= 2 ** 20 ? `${limit / 2 ** 20} MiB` : `${limit / 2 ** 10} KiB`;
  return new SeamfieldError('image-too-large', `This is larger than ${size}; send less.`, { limit });
}

async function* limited(
  request: IncomingMessage,
  limit: number,
  take?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  // Whoever is refused must be able to hear why, for which its connection has to live on.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    take?.(chunk.length);
    yield chunk;
  }
}

/** Lets a page that has been refused send the rest for nobody, up to so many bytes: only then it reads its answer. */
export function drain(request: IncomingMessage, limit: number): void {
  let left = limit;
  request.on('data', ({ length }: Uint8Array) => {
    left -= length;
    if (left < 0) request.destroy();
  });
}

function checkLength({ headers }: IncomingMessage, limit: number): void {
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
}

/** The body as text. Throws `image-too-large` beyond `limit` bytes. */
export async function readText(request: IncomingMessage, limit: number): Promise<string> {
  checkLength(request, limit);
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(request, limit)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The body into a new file, which is gone again where anything fails. Throws `image-too-large` beyond `limit` bytes, and
 * what `take` throws, which is told of bytes before they are written.
 */
export async function saveBody(
  request: IncomingMessage,
  path: string,
  limit: number,
  take: (bytes: number) => void,
): Promise<void> {
  checkLength(request, limit);
  try {
    await pipeline(limited(request, limit, take), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  }
}
