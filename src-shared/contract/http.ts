/**
 * The contract over HTTP. The Electron host's `app://` protocol serves `buffers` the same way; requests and events
 * go over IPC there.
 *
 * - `POST /rpc/<channel>`: body the request as JSON (`{}` where there is nothing to say), content type
 *   application/json. The answer is always an `Envelope` as JSON: status 200 whether ok or not; 4xx (with an
 *   envelope still) only for what is no valid request at all: wrong origin, unknown channel, body too large.
 * - `GET /events`: WebSocket, server to renderer only; each text message is one `EventMessage`.
 * - `GET /buffers/<id>`: application/octet-stream, exactly the descriptor's bytes. 404 with an envelope once evicted.
 * - `POST /uploads?name=<file name>`: body the raw bytes of one image file, content type application/octet-stream;
 *   answers an `Envelope<ImageSummary>`. The name is for display only. With `as=project`, of a project's file: opens it
 *   and answers an `Envelope<OpenWork>`. With `as=part`, of bytes that a `projects:record` will name: kept unread, answers
 *   an `Envelope<{ partId }>`.
 * - `GET /downloads/<id>`: an exported file, with Content-Disposition: attachment and its name.
 *
 * Every request must come from the host's own origin.
 */
export const routes = {
  rpc: '/rpc/',
  events: '/events',
  buffers: '/buffers/',
  uploads: '/uploads',
  downloads: '/downloads/',
} as const;

/** Largest request in either host, bytes of its JSON: room for the masks that come with a preview, see `limits.seenMask`. */
export const largestRequest = 2 ** 20;

/**
 * The content security policy of every page, the same in both hosts ('self' covers the WebSocket of the same origin).
 * No inline script, no inline sheet and no worker made of text; style attributes are allowed, since headless widgets place themselves by them.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
