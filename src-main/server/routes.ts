import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { enclose } from '../../src-shared/contract/envelope.ts';
import { isChannel } from '../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { largestRequest, routes } from '../../src-shared/contract/http.ts';
import { displayName } from '../services/uploads/display-name.ts';
import { newHandle } from '../services/handle.ts';
import { uploadNotKept } from '../services/uploads/upload-space.ts';
import { dispatch } from '../services/router.ts';
import type { Services } from '../services/services.ts';
import type { Access } from './access.ts';
import { drain, readText, saveBody } from './body.ts';
import { attachment } from './downloads.ts';
import type { Downloads } from './downloads.ts';
import { refuse, send, sendEnvelope } from './respond.ts';
import { rendererFile } from '../services/renderer-files.ts';

/** Largest uploaded file, bytes. */
const largestUpload = 512 * 2 ** 20;

export interface HostParts {
  readonly access: Access;
  readonly services: Services;
  readonly downloads: Downloads;
  /** The built renderer. */
  readonly rendererFolder: string;
  /** Where uploads are put; private to the user. */
  readonly uploadsFolder: string;
}

/** Answers one HTTP request; see src-shared/contract/http.ts. */
export async function answerRequest(
  host: HostParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { access } = host;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (!access.isOurHost(request) || !access.isOurOrigin(request, isReading)) {
    return refuse(response, 403, 'not-allowed', 'This request does not come from Seamfield’s own page.');
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  const token = url.searchParams.get('token');
  if (token !== null && url.pathname === '/') return admit(host, request, response, token);
  if (!access.isKnown(request)) {
    return refuse(
      response,
      403,
      'not-allowed',
      'Open Seamfield by the address it printed when it started; each start has a new one.',
    );
  }
  if (request.method === 'POST') return answerPost(host, request, response, url);
  if (!isReading) return refuse(response, 405, 'not-allowed', 'Only GET and POST are answered.');
  return answerGet(host, response, url.pathname);
}

function admit(
  { access }: HostParts,
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
): void {
  const cookie = access.exchange(token);
  if (cookie === undefined && !access.isKnown(request)) {
    return refuse(
      response,
      403,
      'not-allowed',
      'This address has been used already; start Seamfield again for a new one.',
    );
  }
  // Away from the address bar and the history with it.
  send(response, 303, 'text/plain', '', { location: '/', ...(cookie && { 'set-cookie': cookie }) });
}

async function answerPost(
  host: HostParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { pathname } = url;
  if (pathname === routes.uploads) return upload(host, request, response, url);
  if (!pathname.startsWith(routes.rpc)) {
    return refuse(response, 404, 'unknown-channel', 'There is nothing at this address.');
  }
  const channel = pathname.slice(routes.rpc.length);
  if (!isChannel(channel)) return refuse(response, 404, 'unknown-channel', 'There is no such channel.');
  if (!isType(request, 'application/json')) {
    return refuse(response, 415, 'invalid-message', 'A request is JSON, with the content type that says so.');
  }
  let payload: unknown;
  try {
    payload = JSON.parse(await readText(request, largestRequest));
  } catch (thrown) {
    const isTooLarge = thrown instanceof SeamfieldError;
    const message = isTooLarge ? thrown.message : 'This request is not JSON.';
    return refuse(response, isTooLarge ? 413 : 400, 'invalid-message', message);
  }
  sendEnvelope(response, 200, await dispatch(host.services.handlers, channel, payload));
}

async function upload(
  { services, uploadsFolder }: HostParts,
  request: IncomingMessage,
  response: ServerResponse,
  { searchParams }: URL,
): Promise<void> {
  const [name, as] = [searchParams.get('name') ?? '', searchParams.get('as')];
  if (!isType(request, 'application/octet-stream')) {
    return refuse(
      response,
      415,
      'invalid-message',
      'An upload is raw bytes, with the content type that says so.',
    );
  }
  const path = join(uploadsFolder, newHandle());
  const room = services.uploads.open();
  try {
    await saveBody(request, path, largestUpload, (bytes) => room.take(bytes));
  } catch (thrown) {
    room.free();
    drain(request, largestUpload);
    if (thrown instanceof SeamfieldError) return refuse(response, 413, thrown.code, thrown.message);
    // The disk's fault, or the page has gone, which reads no answer.
    const { code, message } = uploadNotKept(thrown);
    return refuse(response, 507, code, message);
  }
  if (as === 'part') {
    return sendEnvelope(response, 200, await enclose(() => services.parts.add(path, room)));
  }
  const file = { path, name: displayName(name) };
  if (as !== 'project') {
    const opened = await enclose(() => services.images.addUpload(file, room));
    // Whoever has gone meanwhile will never know what to close.
    if (response.destroyed && opened.ok) return services.images.close([opened.result.id]);
    return sendEnvelope(response, 200, opened);
  }
  const opened = await enclose(() => services.projects.upload(file));
  await rm(path, { force: true });
  room.free();
  sendEnvelope(response, 200, opened);
}

async function answerGet(
  { services, downloads, rendererFolder }: HostParts,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  if (pathname.startsWith(routes.buffers)) {
    const bytes = services.buffers.get(pathname.slice(routes.buffers.length));
    if (bytes !== undefined) return send(response, 200, 'application/octet-stream', bytes);
    return refuse(
      response,
      404,
      'unknown-handle',
      'These numbers are not kept any more; ask for the view again.',
    );
  }
  if (pathname.startsWith(routes.downloads)) {
    const file = downloads.get(pathname.slice(routes.downloads.length));
    if (file === undefined) {
      return refuse(response, 404, 'unknown-handle', 'This file is not kept any more; save it again.');
    }
    return send(response, 200, file.type, file.bytes, { 'content-disposition': attachment(file.name) });
  }
  const file = await rendererFile(rendererFolder, pathname);
  if (file === undefined) return refuse(response, 404, 'unknown-handle', 'There is nothing at this address.');
  send(response, 200, file.type, file.body);
}

function isType({ headers }: IncomingMessage, type: string): boolean {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === type;
}
