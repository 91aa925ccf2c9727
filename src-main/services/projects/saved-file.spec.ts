import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../../disk/atomic-write.ts';
import type { Locker } from '../../disk/lock.ts';
import { hashOf } from './objects.ts';
import { fileNameOf } from './project-name.ts';
import { SavedFile } from './saved-file.ts';
import { MemoryDisk } from '../../disk/testing.ts';

const path = '/files/face.seamfield';
const locker = (pid: number): Locker => {
  return { pid, host: 'here', startOf: async (of) => `${of}`, isAlive: () => true };
};
const write = (disk: MemoryDisk, text: string) =>
  writeAtomically(disk, path, (file) => file.write(Buffer.from(text)));

describe('a project’s file', () => {
  it('is written by the first who opened it; the second is told who has it, and may take it over', async () => {
    const disk = new MemoryDisk();
    await write(disk, 'one');
    const [first, second] = [new SavedFile(disk, path, locker(1)), new SavedFile(disk, path, locker(2))];
    await first.lock();
    await second.lock();
    await first.checkWritable(false);
    await expect(second.checkWritable(true)).rejects.toMatchObject({ code: 'project-in-use' });
    expect(second.readOnly).toContain('process 1 on here');
    await second.lock(true);
    await second.checkWritable(false);
    await expect(first.checkWritable(false)).rejects.toMatchObject({ code: 'project-in-use' });
    await second.release();
    await first.checkWritable(false);
  });

  it('that another program changed is replaced only when that is said', async () => {
    const disk = new MemoryDisk();
    await write(disk, 'one');
    const file = new SavedFile(disk, path, locker(3));
    await file.lock();
    file.expect([hashOf(Buffer.from('one'))]);
    await file.checkWritable(false);
    await write(disk, 'other');
    await expect(file.checkWritable(false)).rejects.toMatchObject({ code: 'project-changed' });
    await file.checkWritable(true);
    // One that is gone is written anew without a question.
    await disk.remove(path);
    await file.checkWritable(false);
  });

  it('in a folder where nothing can be written is read only, with a sentence', async () => {
    const disk = new MemoryDisk();
    await write(disk, 'one');
    disk.steps = 0;
    disk.fault = { step: 0, kind: 'EROFS' };
    const file = new SavedFile(disk, path, locker(4));
    await file.lock();
    expect(file.readOnly).toMatch(/save under another name elsewhere/);
    // The disk may be another one by the time that it is saved.
    await file.checkWritable(false);
    expect(file.readOnly).toBeNull();
  });
});

describe('a project’s name', () => {
  it.each(['Face', 'Gesicht im Café', 'v1.2 (final)', '研究', '2026-11-24'])('may be %j', (name) => {
    expect(fileNameOf(` ${name}.seamfield `)).toBe(name);
  });

  it.each([
    '',
    '..',
    '../up',
    'a/b',
    'a\\b',
    '.hidden',
    'dot.',
    'CON',
    'nul.txt',
    'a\0b',
    'C:x',
    'x'.repeat(300),
  ])('is not %j', (name) => {
    expect(() => fileNameOf(name)).toThrow('choose another one');
  });
});
