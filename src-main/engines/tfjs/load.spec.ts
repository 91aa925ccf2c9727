import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { openTfjs, restoreNullCheck, TFJS_PACKAGE } from './load.ts';

/** The package as it would be found, computing on the CPU backend. */
const present = (isUsingGpuDevice: boolean) => () =>
  Promise.resolve({ ...tf, ready: tf.ready, backend: () => ({ isUsingGpuDevice }) });

describe('opening the tfjs engine', () => {
  it('says how to install what is missing', async () => {
    await expect(openTfjs(undefined)).rejects.toMatchObject({
      code: 'unknown-engine',
      isBadInput: true,
      message: expect.stringContaining(
        `npm install --no-save --ignore-scripts=false ${TFJS_PACKAGE}`,
      ) as string,
    });
  });

  it('computes on what the package computes on, and on nothing else', async () => {
    const engine = await openTfjs(undefined, present(true));
    expect([engine.name, engine.provider]).toEqual(['tfjs', 'cuda']);
    expect((await openTfjs('cpu', present(false))).provider).toBe('cpu');
    await expect(openTfjs('webgpu', present(true))).rejects.toMatchObject({ code: 'unknown-provider' });
  });

  it('takes a package whose names are all on its default export', async () => {
    const wrapped = async () => ({ default: await present(false)() });
    expect((await openTfjs(undefined, wrapped)).provider).toBe('cpu');
  });
});

describe('the null check that tfjs-node calls', () => {
  it('is put back where Node has dropped it', () => {
    const module: { isNullOrUndefined?: (value: unknown) => boolean } = {};
    restoreNullCheck(module);
    expect([null, undefined, 0, ''].map((value) => module.isNullOrUndefined!(value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is left alone where Node has it', () => {
    const own = () => true;
    const module = { isNullOrUndefined: own };
    restoreNullCheck(module);
    expect(module.isNullOrUndefined).toBe(own);
  });
});
