import { describe, expect, it } from 'vitest';
import { removeParts, writeAtomically } from './atomic-write.ts';
import { Crash, MemoryDisk, seeded } from './testing.ts';

const path = '/files/work.seamfield';
const previous = `${path}.bak`;
const [old, fresh] = [Buffer.from('what was there'), Buffer.from('what is to be there')];

async function diskWithOld(seed = 0): Promise<MemoryDisk> {
  const disk = new MemoryDisk(new Map(), seeded(seed));
  await writeAtomically(disk, path, (file) => file.write(old));
  disk.steps = 0;
  return disk;
}
const save = (disk: MemoryDisk) => writeAtomically(disk, path, (file) => file.write(fresh), { previous });

async function stepsOfSave(): Promise<number> {
  const disk = await diskWithOld();
  await save(disk);
  return disk.steps;
}

describe('a file that is replaced', () => {
  it('keeps the version before it', async () => {
    const disk = await diskWithOld();
    await save(disk);
    expect(await disk.read(path)).toEqual(fresh);
    expect(await disk.read(previous)).toEqual(old);
    expect(disk.paths).toEqual([path, previous]);
  });

  it('is old or new, whole, wherever the process is killed or power is lost', async () => {
    const steps = await stepsOfSave();
    expect(steps).toBeGreaterThan(6);
    const seen = new Set<string>();
    for (let step = 0; step < steps; step++) {
      for (let seed = 0; seed < 8; seed++) {
        const disk = await diskWithOld(seed);
        disk.fault = { step, kind: 'crash' };
        await expect(save(disk)).rejects.toThrow(Crash);
        for (const later of [disk.afterKill(), disk.afterPowerLoss()]) {
          const found = Buffer.from(await later.read(path));
          expect([old.toString(), fresh.toString()]).toContain(found.toString());
          seen.add(found.toString());
        }
      }
    }
    expect(seen.size).toBe(2);
  });

  it('is as it was where a step fails for want of space, and nothing is left beside it', async () => {
    const steps = await stepsOfSave();
    for (let step = 0; step < steps - 1; step++) {
      const disk = await diskWithOld(step);
      disk.fault = { step, kind: 'ENOSPC' };
      try {
        await save(disk);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'ENOSPC' });
        expect(Buffer.from(await disk.read(path))).toEqual(old);
      }
      expect(disk.paths.filter((name) => name.includes('.work'))).toEqual([]);
    }
  });

  it('is rid of what was left of it, and of nothing that only looks alike', async () => {
    const names = ['.work.seamfield-0123abcd.part', '.other-0123abcd.part', '.two\nlines-0123abcd.part'];
    const kept = ['.work.seamfield.part', 'work.seamfield-0123abcd.part', '.lock-0123abcd0123abcd.part'];
    const disk = new MemoryDisk();
    for (const name of [...names, ...kept]) await (await disk.create(`/files/${name}`)).close();
    await removeParts(disk, '/files', 'work.seamfield');
    expect(disk.paths).not.toContain(`/files/${names[0]}`);
    expect(disk.paths).toHaveLength(5);
    await removeParts(disk, '/files');
    expect(disk.paths).toEqual(kept.map((name) => `/files/${name}`).sort());
  });
});
