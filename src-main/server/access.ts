import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the host. It listens on loopback, but so does every page that the user's browser shows: a page of
 * another site must neither read nor ask anything (cross-site requests), nor call itself us (DNS rebinding).
 */
export class Access {
  readonly #port: number;
  readonly #session = randomBytes(32).toString('base64url');
  #token: string | null = randomBytes(24).toString('base64url');

  constructor(port: number) {
    this.#port = port;
  }

  /** The address to open, once: its token is worth nothing after its first use. */
  get url(): string {
    return `${this.#origin}/?token=${this.#token ?? ''}`;
  }

  /** The name we are called by; anything else is another site's name for this machine. */
  isOurHost({ headers }: IncomingMessage): boolean {
    return headers.host === `127.0.0.1:${this.#port}` || headers.host === `localhost:${this.#port}`;
  }

  /** Sent by one of our own pages. What changes anything must say so; what only reads may leave it out. */
  isOurOrigin({ headers }: IncomingMessage, mayBeAbsent: boolean): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    if (headers.origin === undefined) return mayBeAbsent;
    return headers.origin === `http://${headers.host ?? ''}`;
  }

  /** Whether the request carries the cookie that the token was exchanged for. */
  isKnown({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(/;\s*/);
    return cookies.some((cookie) => isSame(cookie, `${this.#cookieName}=${this.#session}`));
  }

  /** The Set-Cookie header for a right token, which is thereby used up; undefined for a wrong one. */
  exchange(token: string): string | undefined {
    if (this.#token === null || !isSame(token, this.#token)) return undefined;
    this.#token = null;
    return `${this.#cookieName}=${this.#session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800`;
  }

  get #origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Cookies know no ports: two hosts side by side must not overwrite each other's. */
  get #cookieName(): string {
    return `seamfield-${this.#port}`;
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
