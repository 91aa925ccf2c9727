import { describe, expect, it } from 'vitest';
import type { Exchanged } from './exchange.ts';
import { Exchanger, type ExchangeWorker } from './exchanger.ts';

/** A worker that keeps what it is posted, and says what the test has it say. */
function fakeWorker() {
  const posted: { id: number; path: string }[] = [];
  const heard = new Map<string, (event: unknown) => void>();
  let ended = false;
  const worker = {
    postMessage: (message: { id: number; path: string }) => void posted.push(message),
    addEventListener: (name: string, handler: (event: unknown) => void) => void heard.set(name, handler),
    terminate: () => void (ended = true),
  } as unknown as ExchangeWorker;
  return {
    worker,
    posted,
    say: (data: Exchanged & { id: number }) => heard.get('message')?.({ data }),
    fail: () => heard.get('error')?.({}),
    hasEnded: () => ended,
  };
}

const asked = (path: string) => ({ path, body: '{}' });
const byPage = (path: string): Exchanged => ({ envelope: `${path} by the page` });

describe('exchanges in a worker', () => {
  it('come back to whoever asked, in whatever order, from one worker that is begun with the first', async () => {
    let begun = 0;
    const { worker, posted, say } = fakeWorker();
    const exchanger = new Exchanger(() => (begun++, worker));
    expect(begun).toBe(0);
    const both = Promise.all([exchanger.exchange(asked('/a')), exchanger.exchange(asked('/b'))]);
    const [first, second] = posted;
    const bytes = new ArrayBuffer(4);
    say({ id: second!.id, envelope: 'b', bytes });
    say({ id: first!.id });
    expect(await both).toEqual([{}, { envelope: 'b', bytes }]);
    expect(begun).toBe(1);
  });

  it('are the page’s own where it can have no worker', async () => {
    let tries = 0;
    const refuse = () => {
      tries++;
      throw new Error('no worker here');
    };
    const exchanger = new Exchanger(refuse, ({ path }) => Promise.resolve(byPage(path)));
    expect(await exchanger.exchange(asked('/a'))).toEqual(byPage('/a'));
    expect(await exchanger.exchange(asked('/b'))).toEqual(byPage('/b'));
    expect(tries).toBe(1);
  });

  it('are the page’s own once the worker has failed, those that it owes among them', async () => {
    const { worker, posted, fail, hasEnded } = fakeWorker();
    const exchanger = new Exchanger(
      () => worker,
      ({ path }) => Promise.resolve(byPage(path)),
    );
    const owed = exchanger.exchange(asked('/a'));
    fail();
    expect(await owed).toEqual(byPage('/a'));
    expect(await exchanger.exchange(asked('/b'))).toEqual(byPage('/b'));
    expect(posted).toHaveLength(1);
    expect(hasEnded()).toBe(true);
  });
});
