import { describe, expect, it } from 'vitest';
import type { Locker } from '../../disk/lock.ts';
import { needsOf } from './needs.ts';
import { hashOf } from './objects.ts';
import { Crash, MemoryDisk, seeded } from '../../disk/testing.ts';
import { documentWith, keptPhotograph, photograph } from './testing.ts';
import { Work } from './work.ts';
import type { WorkChange, WorkState } from './work-state.ts';

const root = '/data/work';
/** Each start of the app is a process of its own. */
let processes = 0;
const someone = (): Locker => {
  const pid = ++processes;
  return { pid, host: 'here', startOf: async (of) => `${of}`, isAlive: (of) => of === pid };
};

const patch = (n: number) => ({
  layerId: 'a',
  x: n % 5,
  y: n % 4,
  width: 1,
  height: 1,
  data: Uint8Array.of(n),
});
const changes: WorkChange[] = [
  { document: documentWith(['a']), pictures: [keptPhotograph] },
  ...Array.from({ length: 8 }, (_, n): WorkChange => ({ patches: [patch(n + 1)] })),
  { document: documentWith(['a', 'b'], 7) },
];
const marks = ({ masks }: WorkState) => (masks.get('a')?.data ?? []).filter((value) => value > 0).length;

async function paint(disk: MemoryDisk, done: { count: number }): Promise<Work> {
  const work = await Work.begin(disk, root, 'one', someone());
  await work.objects.put(photograph);
  for (const change of changes) {
    await work.change(change);
    done.count++;
  }
  return work;
}

describe('work', () => {
  it('costs a stroke over twelve megapixels what a stroke takes, not what the mask does', async () => {
    const disk = new MemoryDisk();
    const work = await Work.begin(disk, root, 'one', someone());
    const [width, height] = [4000, 3000];
    const picture = { ...keptPhotograph, width, height };
    await work.change({ document: documentWith(['a']), pictures: [picture] });
    const written = async () => {
      const sizes = await Promise.all(disk.paths.map(async (path) => (await disk.size(path)) ?? 0));
      return sizes.reduce((sum, bytes) => sum + bytes, 0);
    };
    const before = await written();
    // From corner to corner, soft at its rim: the largest rectangle that a stroke can have.
    const data = Uint8Array.from({ length: width * height }, (_, i) => {
      const far = Math.abs((i % width) * height - Math.floor(i / width) * width) / 5000;
      return Math.max(0, Math.min(255, 25 * (40 - far)));
    });
    await work.change({ patches: [{ layerId: 'a', x: 0, y: 0, width, height, data }] });
    expect((await written()) - before).toBeLessThan(200_000);
    const again = await Work.reopen(disk.afterKill(), root, 'one', someone());
    expect(Buffer.compare(again!.state.masks.get('a')!.data, data)).toBe(0);
  });

  it('is as it was for the next process, to the last change, without having been closed', async () => {
    const disk = new MemoryDisk();
    const work = await paint(disk, { count: 0 });
    const again = await Work.reopen(disk.afterKill(), root, 'one', someone());
    expect(again?.state).toEqual(work.state);
    expect(marks(work.state)).toBe(8);
    expect(work.state.revision).toBe(changes.length);
    expect(await again?.objects.isWhole(keptPhotograph.hash)).toBe(true);
  });

  it('whose folder is removed while it is open says so, and is kept anew from then on, nobody else’s meanwhile', async () => {
    const disk = new MemoryDisk();
    const work = await paint(disk, { count: 0 });
    await disk.remove(`${root}/one`);
    await expect(work.change({ patches: [patch(1)] })).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringMatching(/folder .* is gone; save your project/) as string,
    });
    expect(work.isBehind).toBe(true);
    await work.change({});
    expect(work.isBehind).toBe(false);
    const left = disk.afterKill();
    expect((await Work.reopen(left, root, 'one', someone()))?.state.masks).toEqual(work.state.masks);
    const other: Locker = { ...someone(), isAlive: () => true };
    expect(await Work.reopen(disk, root, 'one', other)).toBeUndefined();
  });

  it('loses at most the change that was under way, wherever the process is killed or power is lost', async () => {
    const whole = new MemoryDisk();
    await paint(whole, { count: 0 });
    for (let step = 0; step < whole.steps; step++) {
      const disk = new MemoryDisk(new Map(), seeded(step));
      disk.fault = { step, kind: 'crash' };
      const done = { count: 0 };
      const died = await paint(disk, done).then(
        () => false,
        (thrown: unknown) =>
          thrown instanceof Crash || (thrown as { code?: string }).code === 'unwritable-output',
      );
      expect(died).toBe(true);
      for (const later of [disk.afterKill(), disk.afterPowerLoss()]) {
        const found = await Work.reopen(later, root, 'one', someone());
        expect((found?.state.revision ?? 0) - done.count).toBeGreaterThanOrEqual(0);
        expect((found?.state.revision ?? 0) - done.count).toBeLessThanOrEqual(1);
        if (found !== undefined)
          expect(marks(found.state)).toBe(Math.min(Math.max(found.state.revision - 1, 0), 8));
      }
    }
  });

  it('goes on over a full disk, says so, and is whole once there is room', async () => {
    for (let step = 0; step < 30; step++) {
      const disk = new MemoryDisk(new Map(), seeded(step));
      const work = await Work.begin(disk, root, 'one', someone());
      disk.steps = 0;
      disk.fault = { step, kind: 'ENOSPC' };
      for (const change of changes) {
        await work.change(change).catch((thrown: unknown) =>
          expect(thrown).toMatchObject({
            code: 'unwritable-output',
            message: expect.stringContaining('disk is full') as string,
          }),
        );
      }
      disk.fault = null;
      await work.change({ changedAt: 5 });
      const again = await Work.reopen(disk.afterKill(), root, 'one', someone());
      expect(again?.state).toEqual(work.state);
    }
  });

  it('is not given to a second process while the first is alive', async () => {
    const disk = new MemoryDisk();
    const first = someone();
    const work = await Work.begin(disk, root, 'one', first);
    await work.change(changes[0]!);
    const second: Locker = { ...someone(), isAlive: () => true };
    expect(await Work.reopen(disk, root, 'one', second)).toBeUndefined();
    await work.close();
    expect(await Work.reopen(disk, root, 'one', second)).toBeDefined();
  });

  it('leaves nothing when it is discarded', async () => {
    const disk = new MemoryDisk();
    await (await paint(disk, { count: 0 })).discard();
    expect(disk.paths).toEqual([]);
  });

  it('keeps no more than a few files of earlier results, and every one that a damaged journal leads back to', async () => {
    const disk = new MemoryDisk();
    const work = await Work.begin(disk, root, 'one', someone());
    const network = (n: number) => Buffer.from(`network ${n}`);
    for (let n = 0; n < 40; n++) {
      const result = { network: await work.objects.put(network(n)), request: {}, metrics: {} };
      const document = documentWith(['a']);
      await work.change({
        ...(n === 0 && { pictures: [keptPhotograph] }),
        results: [result],
        document: { ...document, composition: { ...document.composition!, result: result.network } },
        thumbnail: await work.objects.put(Buffer.from(`small picture ${n}`)),
      });
      if (n === 0) await work.objects.put(photograph);
      await work.tidy((path) => path.endsWith(hashOf(network(3))));
    }
    const names = await work.objects.list();
    expect(names.length).toBeLessThan(25);
    const always = [network(3), network(39), photograph, Buffer.from('small picture 39')];
    expect(names).toEqual(expect.arrayContaining(always.map(hashOf)));
    expect(names).not.toContain(hashOf(Buffer.from('small picture 38')));
    const pick = seeded(1);
    for (let i = 0; i < 60; i++) {
      const later = disk.afterKill();
      const newest = later.paths.filter((path) => path.includes('journal-')).at(-1)!;
      const at = pick((await later.size(newest)) ?? 0);
      later.damage(newest, (data) => data.fill(data[at]! ^ 16, at, at + 1));
      const found = (await Work.reopen(later, root, 'one', someone()))!;
      for (const hash of needsOf(found.state)) expect(await found.objects.isWhole(hash)).toBe(true);
    }
    await work.change({ document: { ...documentWith([]), composition: null } });
    expect((await work.tidy(() => false)).left).toBe(0);
  });

  it('begins a new file before its journal grows long, and loses nothing by it', async () => {
    const disk = new MemoryDisk();
    const work = await paint(disk, { count: 0 });
    for (let n = 0; n < 700; n++) await work.change({ patches: [patch(n)] });
    const journals = disk.paths.filter((path) => path.includes('journal-'));
    expect(journals).toHaveLength(2);
    const again = await Work.reopen(disk.afterKill(), root, 'one', someone());
    expect(again?.state).toEqual(work.state);
  });
});
