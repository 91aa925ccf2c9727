import { afterEach, describe, expect, it, vi } from 'vitest';
import { serve } from './serve.ts';

afterEach(() => vi.unstubAllGlobals());

/** What a worker that does `work` posts when it is asked something, and what of it is moved. */
function worker(work: (asked: string) => Promise<ArrayBuffer>) {
  const posted: [unknown, Transferable[]][] = [];
  let hear: (event: { data: unknown }) => void = () => undefined;
  vi.stubGlobal('addEventListener', (_: string, handler: typeof hear) => (hear = handler));
  vi.stubGlobal('postMessage', (message: { made?: ArrayBuffer }, moved: Transferable[]) => {
    if (message.made?.byteLength === 0) throw new DOMException('no room', 'DataCloneError');
    posted.push([message, moved]);
  });
  serve(work, (made) => [made]);
  return { posted, ask: (id: number, asked: string) => hear({ data: { id, asked } }) };
}

describe('a worker', () => {
  it('answers under the number that it was asked by, and moves what may be moved', async () => {
    const made = new ArrayBuffer(2);
    const { posted, ask } = worker(() => Promise.resolve(made));
    ask(7, 'a');
    await vi.waitFor(() => expect(posted).toEqual([[{ id: 7, made }, [made]]]));
  });

  it.each([
    ['it failed', () => Promise.reject<ArrayBuffer>(new Error('no'))],
    ['what it made can’t be posted', () => Promise.resolve(new ArrayBuffer(0))],
  ])('answers with nothing where %s', async (_, work) => {
    const { posted, ask } = worker(work);
    ask(7, 'a');
    await vi.waitFor(() => expect(posted).toEqual([[{ id: 7 }, []]]));
  });
});
