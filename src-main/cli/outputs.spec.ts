import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutputs } from './outputs.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'seamfield-outputs-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('outputs', () => {
  it('are refused where two of them are one file, by whatever name', async () => {
    const file = join(folder, 'a.png');
    await writeFile(file, 'x');
    await symlink(file, join(folder, 'b.onnx'));
    await expect(checkOutputs([file, join(folder, 'b.onnx')], [])).rejects.toMatchObject({
      code: 'bad-usage',
    });
  });

  it('are refused where one of them is an input', async () => {
    const file = join(folder, 'a.png');
    await writeFile(file, 'x');
    await expect(checkOutputs([file], [file])).rejects.toMatchObject({ code: 'unwritable-output' });
    expect(await readFile(file, 'utf8')).toBe('x');
  });
});
