import { protocol } from 'electron';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { routes } from '../../src-shared/contract/http.ts';
import type { Buffers } from '../services/buffers.ts';
import { rendererFile, securityHeaders } from '../services/renderer-files.ts';
import { origin, scheme } from './origin.ts';

/** Before the app is ready: the scheme behaves like https, with an origin, fetch and a policy of its own. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers `app://seamfield/…`: the built renderer, and `/buffers/<id>`. */
export function servePages(rendererFolder: string, buffers: Buffers): void {
  protocol.handle(scheme, (request) => answer(request, rendererFolder, buffers));
}

async function answer({ method, url }: Request, rendererFolder: string, buffers: Buffers): Promise<Response> {
  const { protocol: requested, host, pathname } = new URL(url);
  if (`${requested}//${host}` !== origin) return refuse(404, 'There is no such place.');
  if (method !== 'GET') return refuse(405, 'Only GET is answered.');
  if (pathname.startsWith(routes.buffers)) {
    const bytes = buffers.get(pathname.slice(routes.buffers.length));
    if (bytes !== undefined) return respond(200, 'application/octet-stream', bytes);
    return refuse(404, 'These numbers are not kept any more; ask for the view again.');
  }
  const file = await rendererFile(rendererFolder, pathname);
  if (file === undefined) return refuse(404, 'There is nothing at this address.');
  return respond(200, file.type, file.body);
}

function respond(status: number, type: string, body: Uint8Array | string): Response {
  const headers = { ...securityHeaders, 'content-type': type, 'cache-control': 'no-store' };
  return new Response(body as ConstructorParameters<typeof Response>[0], { status, headers });
}

function refuse(status: number, message: string): Response {
  const error = new SeamfieldError('unknown-handle', message).toEnvelope();
  return respond(status, 'application/json; charset=utf-8', JSON.stringify({ ok: false, error }));
}
