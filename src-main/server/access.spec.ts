import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Access } from './access.ts';

const from = (headers: IncomingHttpHeaders) => ({ headers }) as IncomingMessage;
const tokenOf = (access: Access) => new URL(access.url).searchParams.get('token')!;

describe('access to the browser host', () => {
  it('is by our own names for it alone', () => {
    const access = new Access(4000);
    const isOurs = (host: string) => access.isOurHost(from({ host }));
    expect(['127.0.0.1:4000', 'localhost:4000'].map(isOurs)).toEqual([true, true]);
    expect(['127.0.0.1:4001', 'evil.example:4000', '127.0.0.1', ''].map(isOurs)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('is for pages of its own origin', () => {
    const access = new Access(4000);
    const host = '127.0.0.1:4000';
    expect(access.isOurOrigin(from({ host, origin: `http://${host}` }), false)).toBe(true);
    expect(access.isOurOrigin(from({ host, origin: 'http://localhost:4000' }), true)).toBe(false);
    expect(access.isOurOrigin(from({ host, origin: 'null' }), true)).toBe(false);
    expect(access.isOurOrigin(from({ host }), true)).toBe(true);
    expect(access.isOurOrigin(from({ host }), false)).toBe(false);
    expect(access.isOurOrigin(from({ host, 'sec-fetch-site': 'cross-site' }), true)).toBe(false);
  });

  it('is by a token that works once, for a cookie that scripts and other sites can’t use', () => {
    const access = new Access(4000);
    const token = tokenOf(access);
    expect(access.exchange(`${token}x`)).toBeUndefined();
    const cookie = access.exchange(token)!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(access.exchange(token)).toBeUndefined();
    const [pair] = cookie.split(';');
    expect(access.isKnown(from({ cookie: `other=1; ${pair}` }))).toBe(true);
    expect(access.isKnown(from({ cookie: `${pair}x` }))).toBe(false);
    expect(access.isKnown(from({}))).toBe(false);
  });

  it('is not by the cookie of another host on this machine', () => {
    const [one, other] = [new Access(4000), new Access(4000)];
    const [pair] = one.exchange(tokenOf(one))!.split(';');
    expect(other.isKnown(from({ cookie: pair! }))).toBe(false);
  });
});
