import { describe, expect, it, vi } from 'vitest';
import { takeLock } from './lock.ts';
import type { Locker } from './lock.ts';
import { Crash, MemoryDisk } from './testing.ts';

const path = '/files/.face.seamfield.lock';
const alive = new Map<number, string>();

/** A process of that number; it lives as long as `alive` has it. */
function locker(pid: number, host = 'here', started = `start of ${pid}`): Locker {
  alive.set(pid, started);
  return {
    pid,
    host,
    startOf: async (of) => alive.get(of) ?? null,
    isAlive: (of) => alive.has(of),
  };
}

describe('a lock', () => {
  it('is held by one, who is named to the others, until it is released', async () => {
    const disk = new MemoryDisk();
    const first = await takeLock(disk, path, locker(1));
    expect(first).toHaveProperty('lock');
    expect(await takeLock(disk, path, locker(2))).toMatchObject({ holder: { pid: 1, host: 'here' } });
    if ('lock' in first) await first.lock.release();
    expect(await takeLock(disk, path, locker(2))).toHaveProperty('lock');
    expect(disk.paths).toEqual([path]);
  });

  it('of a process that is gone is nobody’s, even if its number has been given out again', async () => {
    const disk = new MemoryDisk();
    await takeLock(disk, path, locker(3));
    alive.delete(3);
    expect(await takeLock(disk, path, locker(4))).toHaveProperty('lock');
    alive.set(4, 'a later start');
    expect(await takeLock(disk, path, locker(5))).toHaveProperty('lock');
  });

  it('stays its holder’s whatever the clock says, years back or ahead', async () => {
    const disk = new MemoryDisk();
    await takeLock(disk, path, locker(1));
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      for (const year of ['1980', '2100']) {
        vi.setSystemTime(new Date(year));
        expect(await takeLock(disk, path, locker(2))).toMatchObject({ holder: { pid: 1 } });
      }
    } finally {
      vi.useRealTimers();
    }
    alive.delete(1);
    expect(await takeLock(disk, path, locker(2))).toHaveProperty('lock');
  });

  it('of another machine holds until a person has it taken over, and its holder can tell', async () => {
    const disk = new MemoryDisk();
    const theirs = await takeLock(disk, path, locker(6, 'there'));
    alive.delete(6);
    expect(await takeLock(disk, path, locker(7))).toMatchObject({ holder: { host: 'there' } });
    expect(await takeLock(disk, path, locker(7), true)).toHaveProperty('lock');
    expect('lock' in theirs && (await theirs.lock.isHeld())).toBe(false);
    // A late release takes nothing from the new holder.
    if ('lock' in theirs) await theirs.lock.release();
    expect(disk.paths).toEqual([path]);
  });

  it('that was torn by a crash is nobody’s', async () => {
    const disk = new MemoryDisk();
    const file = await disk.create(path);
    await file.write(Buffer.from('{"pid":'));
    expect(await takeLock(disk, path, locker(8))).toHaveProperty('lock');
  });

  it('is taken by one of many who ask at once, stale lock or none', async () => {
    for (const stale of [false, true]) {
      const disk = new MemoryDisk();
      if (stale) {
        await takeLock(disk, path, locker(9));
        alive.delete(9);
      }
      const asked = await Promise.all([11, 12, 13, 14, 15].map((pid) => takeLock(disk, path, locker(pid))));
      const locks = asked.flatMap((found) => ('lock' in found ? [found.lock] : []));
      const held = await Promise.all(locks.map((lock) => lock.isHeld()));
      expect(held.filter(Boolean)).toHaveLength(1);
    }
  });

  it('stops nobody, wherever the process that took it was killed', async () => {
    for (let step = 0; ; step++) {
      const disk = new MemoryDisk();
      disk.fault = { step, kind: 'crash' };
      const died = await takeLock(disk, path, locker(20)).then(
        () => false,
        (thrown: unknown) => thrown instanceof Crash,
      );
      alive.delete(20);
      expect(await takeLock(disk.afterKill(), path, locker(21))).toHaveProperty('lock');
      if (!died) break;
    }
  });
});
