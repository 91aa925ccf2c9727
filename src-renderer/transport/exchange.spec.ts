import { afterEach, describe, expect, it, vi } from 'vitest';
import { exchange } from './exchange.ts';

afterEach(() => vi.unstubAllGlobals());

/** A host that answers by path. */
function host(answers: Readonly<Record<string, Response>>) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path} ${typeof init?.body === 'string' ? init.body : ''}`.trim());
    const answer = answers[path];
    return answer === undefined ? Promise.reject(new TypeError('nobody there')) : Promise.resolve(answer);
  });
  return asked;
}

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });

describe('an exchange', () => {
  it('brings the answer, and the bytes of the buffer that it names', async () => {
    const envelope = { ok: true, result: { bufferId: 'b 1', width: 2 } };
    const asked = host({
      '/rpc/a': json(envelope),
      '/buffers/b%201': new Response(Uint8Array.of(1, 2, 3)),
    });
    const made = await exchange({ path: '/rpc/a', body: '{"x":1}' });
    expect(made.envelope).toEqual(envelope);
    expect([...new Uint8Array(made.bytes!)]).toEqual([1, 2, 3]);
    expect(asked).toEqual(['POST /rpc/a {"x":1}', 'GET /buffers/b%201']);
  });

  it('brings the error that either was answered with', async () => {
    const refused = { ok: false, error: { code: 'empty-mask', message: 'Paint something first.' } };
    const gone = { ok: false, error: { code: 'unknown-handle', message: 'It is gone.' } };
    host({
      '/rpc/a': json(refused),
      '/rpc/b': json({ ok: true, result: { bufferId: 'old' } }),
      '/buffers/old': json(gone, 404),
    });
    expect(await exchange({ path: '/rpc/a', body: '{}' })).toEqual({ envelope: refused });
    expect(await exchange({ path: '/rpc/b', body: '{}' })).toEqual({ envelope: gone });
  });

  it('brings nothing where no host is there, or what answers is none', async () => {
    host({ '/rpc/b': new Response('<html>', { status: 502 }) });
    expect(await exchange({ path: '/rpc/a', body: '{}' })).toEqual({});
    expect(await exchange({ path: '/rpc/b', body: '{}' })).toEqual({});
  });
});
