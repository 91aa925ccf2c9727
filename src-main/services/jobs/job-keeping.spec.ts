import { describe, expect, it, vi } from 'vitest';
import type { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { JobFolder } from './job-folder.ts';
import { JobKeeping } from './job-keeping.ts';

const first = { leg: 0, budget: { seconds: 5 } };

function folder(update: JobFolder['update'] = () => Promise.resolve()) {
  const remove = vi.fn(() => Promise.resolve());
  return { path: 'kept', update, remove, standing: { ...first, isOver: false } } as unknown as JobFolder;
}

describe('what is kept of a training', () => {
  it('is nothing where it has no folder', async () => {
    const unsaved = vi.fn();
    const kept = new JobKeeping(null, undefined, unsaved);
    await kept.note({ isOver: true });
    expect(kept.task(first, false)).toBeUndefined();
    expect(await kept.unpack()).toBeUndefined();
    expect(unsaved).not.toHaveBeenCalled();
  });

  it('is unpacked to go on in, and goes again where that is turned down', async () => {
    const unpacked = folder();
    const kept = new JobKeeping(null, () => Promise.resolve(unpacked), vi.fn());
    expect(await kept.unpack()).toBe(unpacked);
    expect(kept.folder).toBeNull();
    await kept.turnDown(unpacked);
    expect(unpacked.remove).toHaveBeenCalledTimes(1);
  });

  it('stays in a folder that it settled in, and goes with it', async () => {
    const unpacked = folder();
    const kept = new JobKeeping(null, () => Promise.resolve(unpacked), vi.fn());
    kept.settle(unpacked);
    await kept.turnDown(unpacked);
    expect(unpacked.remove).not.toHaveBeenCalled();
    expect(kept.task({ leg: 2, budget: { steps: 7 } }, true)).toEqual({
      folder: 'kept',
      leg: 2,
      isOver: true,
    });
    await kept.remove();
    expect(unpacked.remove).toHaveBeenCalledTimes(1);
  });

  it('is told of where the disk refuses it, which is no failure', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const told: SeamfieldError[] = [];
    const kept = new JobKeeping(
      folder(() => Promise.reject(full)),
      undefined,
      (error) => told.push(error),
    );
    await kept.note({ isOver: true });
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      [
        'unwritable-output',
        'This training can’t be kept safe (the disk is full); make room there. It goes on meanwhile.',
      ],
    ]);
  });
});
