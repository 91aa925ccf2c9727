import { describe, expect, it } from 'vitest';
import type { Picture } from '../stores/picture.ts';
import type { Transport } from '../transport/transport.ts';
import { PictureLoader } from './picture-loader.ts';

/** A host whose every buffer holds the number of the request that made it, and answers when told to. */
function setUp() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  let failing = false;
  const transport = {
    request: (channel: string, payload: { view: string }) => {
      asked.push(`${channel} ${payload.view}`);
      const bufferId = String(asked.length);
      const descriptor = { bufferId, width: 1, height: 1, channels: 1, dtype: 'f32' };
      return new Promise((resolve, reject) => {
        answers.push(() => (failing ? reject(new Error('gone')) : resolve(descriptor)));
      });
    },
    fetchBuffer: (id: string) => Promise.resolve(Float32Array.of(Number(id)).buffer),
  } as unknown as Transport;
  const pictures = { photograph: null as Picture | null, result: null as Picture | null, loading: false };
  const errors: unknown[] = [];
  const loader = new PictureLoader(transport, pictures, (error) => errors.push(error));
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async (i: number) => (answers[i]?.(), await settle());
  return { loader, pictures, asked, errors, answer, fail: () => (failing = true) };
}

const wanted = (size: number, view: 'value' | 'dx' | 'magnitude' = 'value') => ({
  view,
  photograph: { imageId: 'i', size },
  result: null,
});

describe('the picture loader', () => {
  it('never shows a picture that arrives after another was wanted', async () => {
    const { loader, pictures, answer } = setUp();
    loader.update(wanted(64), null);
    loader.update(wanted(128), null);
    expect(pictures.loading).toBe(true);
    await answer(1);
    await answer(0);
    expect(pictures.loading).toBe(false);
    expect(pictures.photograph?.source.value).toEqual(Float32Array.of(2));
  });

  it('says that one is on its way until the one that is wanted has come', async () => {
    const { loader, pictures, answer } = setUp();
    loader.update(wanted(64), null);
    loader.update(wanted(128), null);
    await answer(0);
    expect([pictures.photograph, pictures.loading]).toEqual([null, true]);
    await answer(1);
    expect(pictures.loading).toBe(false);
    loader.update(wanted(256), null);
    loader.update({ ...wanted(256), photograph: null }, null);
    expect(pictures.loading).toBe(false);
  });

  it('asks for both derivatives where a view is made of them, and for none twice', async () => {
    const { loader, pictures, asked, answer } = setUp();
    loader.update(wanted(64, 'dx'), null);
    await answer(0);
    loader.update(wanted(64, 'magnitude'), null);
    await answer(1);
    expect(asked).toEqual(['images:view dx', 'images:view dy']);
    expect(pictures.photograph?.source).toEqual({ dx: Float32Array.of(1), dy: Float32Array.of(2) });
  });

  it('reports a failure, and asks again when it is wanted again', async () => {
    const { loader, errors, asked, answer, fail } = setUp();
    fail();
    loader.update(wanted(64), null);
    await answer(0);
    expect(errors).toEqual([new Error('gone')]);
    loader.update(wanted(64), null);
    expect(asked).toHaveLength(2);
  });

  it('asks anew for what a job has come to once it has trained further', async () => {
    const { loader, pictures, answer } = setUp();
    const finished = { view: 'value', photograph: null, result: { jobId: 'j', of: 'network' } } as const;
    loader.update(finished, null);
    await answer(0);
    loader.update({ ...finished, result: 'preview' }, null);
    loader.update(finished, null);
    await answer(1);
    expect(pictures.result?.source.value).toEqual(Float32Array.of(2));
  });

  it('makes any view of a running job’s preview without asking the host', () => {
    const { loader, pictures, asked } = setUp();
    const preview = { width: 2, height: 1, channels: 1, data: Float32Array.of(0, 1) } as const;
    loader.update({ view: 'dx', photograph: null, result: 'preview' }, preview);
    expect([pictures.result?.source.dx, asked]).toEqual([Float32Array.of(1, 1), []]);
  });

  it('makes a picture of a preview once, however often there is news of its job, and of the next one anew', () => {
    const { loader, pictures } = setUp();
    const preview = { width: 1, height: 1, channels: 1, data: Float32Array.of(0) } as const;
    const running = { view: 'value', photograph: null, result: 'preview' } as const;
    loader.update(running, preview);
    const first = pictures.result;
    loader.update(running, preview);
    expect(pictures.result).toBe(first);
    loader.update(running, { ...preview, data: Float32Array.of(1) });
    expect(pictures.result?.source.value).toEqual(Float32Array.of(1));
    loader.update({ ...running, view: 'dx' }, preview);
    expect(pictures.result?.view).toBe('dx');
  });
});
