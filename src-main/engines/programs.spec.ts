import { expect, it, vi } from 'vitest';
import type { BatchShape, Program } from '../siren/engine.ts';
import { Programs } from './programs.ts';

const shape: BatchShape = { value: 8, directional: 0, laplacian: 0 };
const program = {} as Program;

it('compiles a program once for each batch shape and precision', async () => {
  const compile = vi.fn(() => Promise.resolve(program));
  const programs = new Programs(compile);
  await Promise.all([programs.get(shape), programs.get({ ...shape }), programs.get(shape, 'full')]);
  expect(compile).toHaveBeenCalledTimes(1);
});

it('compiles it again where that failed, for whoever asks later', async () => {
  const compile = vi.fn(() => Promise.resolve(program)).mockRejectedValueOnce(new Error('out of memory'));
  const programs = new Programs(compile);
  const asked = [programs.get(shape), programs.get(shape)];
  for (const one of asked) await expect(one).rejects.toThrow('out of memory');
  expect(await programs.get(shape)).toBe(program);
  expect(compile).toHaveBeenCalledTimes(2);
});
