import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Journal, recover } from './journal.ts';
import { Crash, MemoryDisk, seeded } from '../../disk/testing.ts';

const folder = '/data/work';
const record = (n: number) => ({ facts: { n }, bytes: Buffer.alloc(5 + n, n) });

/** A state is the list of numbers that were recorded. */
const whole = (numbers: readonly number[]) => ({ facts: { all: numbers }, bytes: Buffer.alloc(0) });
const read = async (disk: MemoryDisk) =>
  (
    await recover<readonly number[]>(
      disk,
      folder,
      ({ facts }) => {
        const { all } = facts as { all?: number[] };
        if (all === undefined) throw new Error('no beginning');
        return all;
      },
      (numbers, { facts, bytes }) => {
        const { n } = facts as { n: number };
        if (bytes.length !== 5 + n || bytes.some((byte) => byte !== n)) throw new Error('wrong bytes');
        return [...numbers, n];
      },
    )
  )?.state;

/** Records 1…9, with a new file after every third; tells what had been promised when it ended. */
async function work(disk: MemoryDisk, promised: number[]): Promise<void> {
  const journal = new Journal(disk, folder);
  await journal.begin(whole([]));
  const done: number[] = [];
  for (let n = 1; n <= 9; n++) {
    done.push(n);
    if (n % 3 === 0) await journal.begin(whole(done));
    else await journal.append(record(n));
    promised.push(n);
  }
  await journal.close();
}

async function stepsOfWork(): Promise<number> {
  const disk = new MemoryDisk();
  await work(disk, []);
  return disk.steps;
}

describe('a journal', () => {
  it('gives back everything that was recorded, and keeps one file before the newest', async () => {
    const disk = new MemoryDisk();
    await work(disk, []);
    expect(await read(disk)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(disk.paths).toEqual([`${folder}/journal-00000003`, `${folder}/journal-00000004`]);
  });

  it('has every promised record, in order, wherever the process is killed or power is lost', async () => {
    const steps = await stepsOfWork();
    for (let step = 0; step < steps; step++) {
      for (let seed = 0; seed < 6; seed++) {
        const disk = new MemoryDisk(new Map(), seeded(100 * step + seed));
        disk.fault = { step, kind: 'crash' };
        const promised: number[] = [];
        await expect(work(disk, promised)).rejects.toThrow(Crash);
        for (const later of [disk.afterKill(), disk.afterPowerLoss()]) {
          const found = (await read(later)) ?? [];
          // One more may have made it to the disk before its promise did.
          expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].slice(0, found.length));
          expect(found.length - promised.length).toBeGreaterThanOrEqual(0);
          expect(found.length - promised.length).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('takes no further record once the disk has been full, but begins anew when it is not', async () => {
    for (let step = 0; step < 40; step++) {
      const disk = new MemoryDisk(new Map(), seeded(step));
      const journal = new Journal(disk, folder);
      await journal.begin(whole([]));
      disk.steps = 0;
      disk.fault = { step, kind: 'ENOSPC' };
      const done: number[] = [];
      for (let n = 1; n <= 6; n++) {
        const next = [...done, n];
        const adding = journal.isOpen && n !== 4 ? journal.append(record(n)) : journal.begin(whole(next));
        // What failed is in what begins the next file.
        await adding.catch((thrown: unknown) => expect(thrown).toMatchObject({ code: 'ENOSPC' }));
        done.push(n);
      }
      if (!journal.isOpen) await journal.begin(whole(done));
      expect(await read(disk)).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('gives back an earlier state where its newest file is cut or a bit of it flipped, never another one', async () => {
    const disk = new MemoryDisk();
    await work(disk, []);
    const newest = `${folder}/journal-00000004`;
    const { length } = await disk.read(newest);
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(7), fc.boolean(), async (at, bit, cut) => {
        const hurt = disk.afterKill();
        hurt.damage(newest, (data) => {
          if (cut) return data.subarray(0, at);
          data[at]! ^= 1 << bit;
          return data;
        });
        const found = await read(hurt);
        expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].slice(0, found?.length));
        // The file before goes on to where the newest begins.
        expect(found!.length).toBeGreaterThanOrEqual(8);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('of nothing is no work', async () => {
    expect(await read(new MemoryDisk())).toBeUndefined();
  });
});
