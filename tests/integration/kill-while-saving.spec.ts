/** A real host, killed for real while it records and saves: what it had answered is there for the next one. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realDisk } from '../../src-main/disk/disk.ts';
import { Objects } from '../../src-main/services/projects/objects.ts';
import { readProject } from '../../src-main/services/projects/project-file.ts';
import { Work } from '../../src-main/services/projects/work.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seamfield-kill-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts one that changes and saves without end, kills it after so many changes, and says how many it had promised. */
async function killAfter(changes: number, root: string): Promise<number> {
  const child = fork(join(import.meta.dirname, '../fixtures/save-without-end.ts'), [root], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let promised = 0;
  child.on('message', (count: number) => {
    promised = count;
    if (count === changes) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return promised;
}

describe('a host that is killed while it saves', () => {
  it.each([1, 2, 5, 11, 24])(
    'after %i changes has lost none of them, and its project opens',
    async (changes) => {
      const root = join(folder, String(changes));
      const promised = await killAfter(changes, root);
      expect(promised).toBeGreaterThanOrEqual(changes);
      const work = await Work.reopen(realDisk, join(root, 'work'), 'one');
      const painted = work?.state.masks.get('a')?.data[0];
      // The value is the change's number; one more may have made it to the disk before its promise.
      expect([promised, promised + 1]).toContain(painted);
      await work?.close();
      const bytes = await realDisk.read(join(root, 'face.seamfield')).catch(() => undefined);
      if (changes > 1) expect(bytes).toBeDefined();
      if (bytes === undefined) return;
      const objects = new Objects(realDisk, join(root, 'opened'));
      const { state, lost } = await readProject(realDisk, bytes, 'face', objects, root, () => undefined);
      expect(lost).toEqual([]);
      const saved = state.masks.get('a')!.data[0]!;
      expect(saved).toBeGreaterThan(0);
      expect(saved).toBeLessThanOrEqual(painted ?? 0);
    },
  );
});
