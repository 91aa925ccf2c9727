import type { ServerResponse } from 'node:http';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import type { Envelope } from '../../src-shared/contract/envelope.ts';
import { securityHeaders } from '../services/renderer-files.ts';

/** Answers with bytes under every security header. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const common = { 'content-type': type, 'content-length': String(length), 'cache-control': 'no-store' };
  response.writeHead(status, { ...securityHeaders, ...common, ...headers }).end(body);
}

export function sendEnvelope(response: ServerResponse, status: number, envelope: Envelope<unknown>): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(envelope));
}

/** A refusal of what is no valid request at all. */
export function refuse(response: ServerResponse, status: number, code: ErrorCode, message: string): void {
  sendEnvelope(response, status, { ok: false, error: new SeamfieldError(code, message).toEnvelope() });
}
