import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { forkLauncher } from './fork.ts';
import { stepBack } from './step-back.ts';

const folder = mkdtempSync(join(tmpdir(), 'seamfield-fork-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The priority that a process launched so finds itself with, once its modules are loaded. */
async function priorityOf(isBehind: boolean): Promise<number> {
  const worker = join(folder, 'worker.mjs');
  await writeFile(
    worker,
    `import { getPriority } from 'node:os'; process.on('message', () => process.send(getPriority()));`,
  );
  const port = forkLauncher(worker, { isBehind })();
  const told = new Promise<number>((resolve) => port.onMessage((value) => resolve(Number(value))));
  port.send({ type: 'pause' });
  const priority = await told;
  port.kill();
  return priority;
}

describe('a job process by fork', () => {
  it('steps back behind a window, and by itself does not', async () => {
    expect(await priorityOf(false)).toBe(getPriority());
    const behind = await priorityOf(true);
    expect(behind).toBe(Math.max(constants.priority.PRIORITY_BELOW_NORMAL, getPriority()));
  });

  it('that is gone, or never was, is left in peace', () => {
    expect(() => stepBack(undefined)).not.toThrow();
    expect(() => stepBack(2 ** 30)).not.toThrow();
  });
});
