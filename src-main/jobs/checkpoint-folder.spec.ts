import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../siren/checkpoint-file.ts';
import type { Checkpoint } from '../siren/checkpoint.ts';
import { stateLength } from '../siren/step.ts';
import { CheckpointFolder, checkpointFiles } from './checkpoint-folder.ts';

const spec = { channels: 1, hidden: 4, layers: 1, omega: 5 } as const;
/** Those that take turns. */
const slots = checkpointFiles.slice(0, 2);
const sampler = { epoch: [1, 2, 3, 4], drawn: 0 } as const;
const at = (steps: number, leg = 0): Checkpoint => ({
  spec,
  optimiser: 'adam',
  seed: 0,
  fingerprint: 1,
  leg,
  spent: { steps, seconds: steps, legSteps: steps, legSeconds: steps },
  flops: 0,
  recoveries: 0,
  sinceRestore: steps,
  phase: 0,
  watch: { mean: 1, seen: 1, bestLoss: Infinity },
  samplers: { value: sampler, directional: sampler, laplacian: sampler },
  curve: [],
  state: new Float32Array(stateLength(spec, 'adam')).fill(steps),
});

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'seamfield-test-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));
const newest = (leg = 1) => new CheckpointFolder(folder).newest(leg);

describe('the checkpoints of a job', () => {
  it('are none at first, then the newest, of a later leg before one of more steps', async () => {
    expect(await newest()).toBeUndefined();
    const checkpoints = new CheckpointFolder(folder);
    for (const steps of [4, 8, 12]) {
      await checkpoints.write(at(steps));
      expect(await newest()).toEqual(at(steps));
    }
    await checkpoints.write(at(10, 1));
    expect((await newest())?.leg).toBe(1);
    expect((await readdir(folder)).sort()).toEqual([...slots]);
  });

  it.each(slots)('survive damage to %s by the other', async (name) => {
    const checkpoints = new CheckpointFolder(folder);
    await checkpoints.write(at(4));
    await checkpoints.write(at(8));
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, name), bytes.subarray(0, bytes.length - 7));
    expect(await newest()).toEqual(at(name === 'checkpoint-1' ? 4 : 8));
  });

  it('are continued over the damaged one, never over the one that is whole', async () => {
    const first = new CheckpointFolder(folder);
    await first.write(at(4));
    await first.write(at(8));
    await writeFile(join(folder, 'checkpoint-1'), 'torn');
    const next = new CheckpointFolder(folder);
    await next.newest(0);
    await next.write(at(6));
    await writeFile(join(folder, 'checkpoint-1'), 'torn again');
    expect(await newest()).toEqual(at(4));
  });

  it('are refused with a sentence where none is whole', async () => {
    for (const name of slots) await writeFile(join(folder, name), 'nothing');
    await expect(newest()).rejects.toMatchObject({ code: 'bad-checkpoint' });
  });

  it('ignore a write that was cut off', async () => {
    await new CheckpointFolder(folder).write(at(4));
    await writeFile(join(folder, 'checkpoint.part'), 'half');
    expect(await newest()).toEqual(at(4));
  });

  it('come back to what they were before a leg that wrote both files, and forget that leg where another begins', async () => {
    const checkpoints = new CheckpointFolder(folder);
    await checkpoints.write(at(8));
    for (const steps of [2, 3, 4]) {
      await new CheckpointFolder(folder).keepBefore(0);
      const leg = new CheckpointFolder(folder);
      expect(await leg.newest(1)).toEqual(at(8));
      await leg.write(at(steps, 1));
      await leg.write(at(steps + 1, 1));
      expect(await newest(1)).toEqual(at(steps + 1, 1));
      expect(await newest(0)).toEqual(at(8));
      expect(await new CheckpointFolder(folder).newestFile(0, 1e6)).toEqual(
        Buffer.from(encodeCheckpoint(at(8))),
      );
    }
    await new CheckpointFolder(folder).keepBefore(1);
    expect(await newest(1)).toEqual(at(5, 1));
  });
});
