import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { contentSecurityPolicy } from '../../src-shared/contract/http.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** A file of the built renderer by the path of its URL; undefined for what is none, outside the folder included. */
export async function rendererFile(
  folder: string,
  pathname: string,
): Promise<{ type: string; body: Uint8Array } | undefined> {
  const type = types[extname(pathname === '/' ? 'index.html' : pathname)];
  if (type === undefined) return undefined;
  const path = normalize(join(folder, decodePath(pathname === '/' ? '/index.html' : pathname)));
  if (!path.startsWith(normalize(folder) + sep)) return undefined;
  const body = await readFile(path).catch(() => undefined);
  return body === undefined ? undefined : { type, body };
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname).replaceAll('\0', '');
  } catch {
    return '/';
  }
}

/** What every page and file is sent with, in both hosts. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};
